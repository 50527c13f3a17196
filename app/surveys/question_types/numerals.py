"""Finds the number in a text, or says that none can be taken without guessing."""

import re
import unicodedata
from dataclasses import dataclass

from app.core.folding import fold_sms
from app.surveys.question_types import whole
from app.surveys.question_types.base import Reading, Unreadable, Value
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Signs, Spoken, signs

_MOST_OTHER_WORDS = 5  # beside a number that does not stand first
_LEAST_COMMENT_WORDS = 3
_MOST_DIGITS = 9
_NUMERAL = re.compile(r"\d+(?P<er>['’]?er\b)?", re.IGNORECASE)
_MINUS = "-−–—‐‑‒"
_POINT = ".,٫٬·"
_GLUED_APOSTROPHE = re.compile(r"['’]\w")
_BEHIND = re.compile(r"[\s.-]*([^\W\d_]+|[%‰€$£])")
_IN_FRONT = re.compile(r"([^\W\d_]+)[\s.:]*$")
_SLASH = re.compile(r"\s*/\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where it stands in the visible text (with the 'er of "en 4'er")."""

    number: int
    start: int
    end: int


def on_scale(said: Said, language: Spoken, *, low: int, high: int, units: bool = False) -> Reading | None:
    """A number, "4 ud af 5", or a number word; None where there is none of them."""
    if (share := _share(said, language)) is not None:
        return _of_the_scale(said, share, low=low, high=high)
    return read(said, low=low, high=high, units=units) or word(said, language, low=low, high=high)


def read(said: Said, *, low: int, high: int, units: bool = False) -> Reading | None:
    """The number from `low` to `high` in a text; None where there is no digit at all.

    `units` lets "12 dage" count as 12, for questions that ask how many.
    """
    found = _numerals(said.visible)
    if found is None:
        return Unreadable()
    if not found:
        return None
    if len({numeral.number for numeral in found}) > 1 or not low <= found[0].number <= high:
        return Unreadable()
    if not units and any(_counts_something(said.visible, numeral, signs()) for numeral in found):
        return Unreadable()
    return _beside_words(said, found)


def word(said: Said, language: Spoken, *, low: int, high: int) -> Reading | None:
    """A number word, only as the whole text: "en" is also an article. Fillers may stand at the ends."""
    found = whole.find(said.words, language.numbers)
    if found is None or not whole.only_fillers(found.before, found.behind, language.number_fillers):
        return None
    return Value(str(found.meaning)) if low <= found.meaning <= high else Unreadable()


def digits(raw: str, *, low: int, high: int) -> Reading:
    """A number typed into a form field, and nothing else."""
    visible = Said.of(raw).visible
    if not visible.isdecimal() or len(visible) > _MOST_DIGITS or not low <= int(visible) <= high:
        return Unreadable()
    return Value(str(int(visible)))


def _numerals(text: str) -> list[Numeral] | None:
    """All numbers of a text; None if one of them is part of something else (3,5 · ½ · -4 · 4kr)."""
    found = list(_NUMERAL.finditer(text))
    if not found:
        return []
    if any(_is_part(text, match) for match in found) or any(unicodedata.category(c) == "No" for c in text):
        return None
    return [Numeral(_number(match), match.start(), match.end()) for match in found]


def _number(match: re.Match[str]) -> int:
    figures = match.group()[: -len(match["er"])] if match["er"] else match.group()
    significant = figures.lstrip("0٠۰０") or "0"
    return int(significant) if len(significant) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _is_part(text: str, match: re.Match[str]) -> bool:
    before, behind = text[: match.start()][-2:], text[match.end() :][:2]
    sign, other = before[-1:], before[:-1]
    if sign.isalnum() or behind[:1].isalnum() or _GLUED_APOSTROPHE.match(behind):
        return True
    if sign and sign in _POINT and other.isdecimal():
        return True
    return bool(sign) and sign in _MINUS and not other.isdecimal()


def _counts_something(text: str, numeral: Numeral, known: Signs) -> bool:
    """A unit right behind, or kl, klokken, at in front."""
    unit = _BEHIND.match(text, numeral.end)
    if unit and fold_sms(unit[1]) in known.units:
        return True
    before = _IN_FRONT.search(text[max(0, numeral.start - 20) : numeral.start])
    return before is not None and fold_sms(before[1]) in known.not_after


def _beside_words(said: Said, found: list[Numeral]) -> Reading:
    value = str(found[0].number)
    others = [token for token in said.tokens if not any(n.start <= token.start < n.end for n in found)]
    if not any(token.start < found[0].start for token in others):
        return Value(value, said.after(found[0].end))
    if len(others) > _MOST_OTHER_WORDS:
        return Unreadable()
    return Value(value, said.whole() if len(others) >= _LEAST_COMMENT_WORDS else None)


@dataclass(frozen=True, slots=True)
class _Share:
    """ "4 ud af 5" at the start: the number, what it is out of (None: not to be taken), and where it ends."""

    number: int
    of: int | None
    end: int


def _share(said: Said, language: Spoken) -> _Share | None:
    if not said.tokens:
        return None
    first = _figure(said, 0, language)
    if first is None:
        return None
    place, is_slash = _behind_of(said)
    second = _figure(said, place, language) if place else None
    if second is None:
        return None
    end = said.tokens[place].end
    in_words = not (said.tokens[0].word.isdecimal() and (is_slash or said.tokens[place].word.isdecimal()))
    if in_words and place + 1 < len(said.tokens):
        return _Share(first, None, end)  # "en af fem var sød" is no rating
    return _Share(first, second, end)


def _figure(said: Said, place: int, language: Spoken) -> int | None:
    if place >= len(said.tokens):
        return None
    written = said.tokens[place].word
    if written.isdecimal() and len(written) <= _MOST_DIGITS:
        return int(written)
    return language.numbers.get((written,))


def _behind_of(said: Said) -> tuple[int, bool]:
    """The place of the word behind "/", "af", "ud af", "out of"; 0 if the text does not go on like that."""
    if _SLASH.match(said.visible, said.tokens[0].end):
        return 1, True
    phrase = whole.longest_at(said.words, 1, signs().of)
    return (1 + len(phrase), False) if phrase else (0, False)


def _of_the_scale(said: Said, share: _Share, *, low: int, high: int) -> Reading:
    """Only if it is out of the top of this scale: we do not convert 8/10."""
    later = _numerals(said.visible)
    if share.of != high or not low <= share.number <= high or later is None:
        return Unreadable()
    if any(n.start >= share.end and n.number != share.number for n in later):
        return Unreadable()
    if _counts_something(said.visible, Numeral(share.number, share.end, share.end), signs()):
        return Unreadable()
    return Value(str(share.number), said.after(share.end))
