"""Where somebody lives: street with number, floor and side, postcode with town."""

import re
from collections.abc import Iterator

from app.core.folding import fold
from app.privacy.masking import lists, span
from app.privacy.masking.span import Span

_SIDE = r"(?:th|tv|mf|t\.h|t\.v|m\.f|(?:til )?(?:højre|venstre)|midt for|dør ?\d{1,4}|lejl\.? ?\d{1,4}|\d{1,3})"
_STOREY = r"(?:stuen?|st|kld|kl|kælder(?:en)?|parterre|baghuset|forhuset|\d{1,2})"
_FLOOR = (
    rf"(?:,? ?(?:{_STOREY}\.?(?: ?sal)?[ ,.]{{0,2}}{_SIDE}(?!\w)\.?"
    r"|\d{1,2}\. ?(?:sal)?(?=[ ,\n]|$)|\d{1,2} sal(?!\w)"
    r"|(?:stuen?|st|kld|kl|kælder(?:en)?|parterre|baghuset|forhuset)(?![\w:])(?! ?\.? ?\d)\.?))"
)
_UNIT = r"(?! ?(?:kr|km|m|min|minutter|timer|time|gange|dage|uger|år|personer|mand|stk|%|pct|meter|procent)(?!\w))"
_HOUSE = rf"(?:nr\.? ?)?\d{{1,3}}(?:[a-zA-Z](?!\w)| [A-HJ-Z](?![\w.]))?(?:-\d{{1,3}})?(?![\d\w]|[.,]\d){_UNIT}"
_STREET = re.compile(rf"(?<!\w)(?:[A-ZÆØÅ][\w.'-]{{0,30}} ){{0,3}}([^\W\d_][\w'-]{{2,39}}),? {_HOUSE}{_FLOOR}?")
_TOWN = r"[A-ZÆØÅ][\w'-]{1,30}(?: (?:[NSVØKC]|NV|SV|NØ|SØ)(?!\w)| [A-ZÆØÅ][a-zæøå]{2,20})?"
_POSTCODE = re.compile(rf"(?<![\w.,-])(?:DK-? ?)?(\d{{4}}) ({_TOWN})")
_SMALL_POSTCODE = re.compile(r"(?<![\w.,-])(\d{4}) ([a-zæøå]{2,20})(?: (?:n|s|v|ø|k|c|nv|sv)(?!\w))?")
_JOINT = re.compile(r"[ ,.\n]{1,3}")

EARLIEST, LATEST = 1900, 2099  # four digits in between are a year unless the town behind them is known


def find(text: str) -> Iterator[Span]:
    """Addresses of a folded text; a postcode right behind its street becomes part of it."""
    streets = [match.span() for match in _STREET.finditer(text) if _is_street(match)]
    towns = [match.span() for match in _POSTCODE.finditer(text) if _is_town(match, text)]
    towns += [match.span() for match in _SMALL_POSTCODE.finditer(text) if fold(match.group(2)) in lists.towns()]
    for start, end in streets:
        behind = next((town for town in towns if _JOINT.fullmatch(text, end, town[0])), None)
        yield Span("address", start, behind[1] if behind else end, span.STREET)
    for start, end in towns:
        yield Span("postcode", start, end, span.POSTCODE)


def _is_street(match: re.Match[str]) -> bool:
    word, said = fold(match.group(1)), match.group(1)
    if word in lists.rule("no_street"):
        return False
    if word in lists.endings("streets") or word in lists.endings("streets_with_capital"):
        return match.start(1) > match.start() or _has_street_word_before(match)
    if word.endswith(lists.endings("streets")):
        return True
    endings = lists.endings("streets_with_capital")
    return said[0].isupper() and any(word.endswith(end) and len(word) > len(end) + 2 for end in endings)


def _has_street_word_before(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start(1) - 10) : match.start(1)].split()
    return bool(before) and fold(before[-1].rstrip(".")) in lists.rule("before_street")


def _is_town(match: re.Match[str], text: str) -> bool:
    first = fold(match.group(2).split()[0])
    if first in lists.towns():
        return True
    behind_comma = text[: match.start()].rstrip(" ").endswith(",")
    is_year = EARLIEST <= int(match.group(1)) <= LATEST and not behind_comma
    return not is_year and first not in lists.ordinary()
