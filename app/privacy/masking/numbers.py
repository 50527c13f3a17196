"""Numbers that lead to somebody: any run of seven digits or more, however it is spelled."""

import re
from collections.abc import Iterator

from app.privacy.masking import span
from app.privacy.masking.span import Kind, Span

FEWEST = 7
_RUN = re.compile(r"\(?\+?(?<!\d)\d(?:[ .,/\-_()xX]{0,3}\d){6,}")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"{_YEAR}(?: ?[-/] ?| ?, ?){_YEAR}")
_TIME = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_HOURS = re.compile(rf"{_TIME}(?:(?: ?- ?|, ?| ?/ ?){_TIME})+")
_RANGE = re.compile(rf"(?<![\d.,/-])(?:{_TIME} ?- ?{_TIME}|{_YEAR} ?- ?{_YEAR})(?![\d/-]|[.,]\d)")
_PIECES = re.compile(r", | / |\s{2,}")
_PHONE_CUE = re.compile(r"\b(?:tlf|telefon|mobil|nummer|nr|sms)[\w.: ]{0,12}$", re.IGNORECASE)
_ACCOUNT_CUE = re.compile(
    r"\b(?:konto|bank|kort|dankort|iban|visa)\w*[.: ]{0,3}(?:nr|nummer)?[.: ]{0,3}$", re.IGNORECASE
)
_NUMBER_CUE = re.compile(r"\b(?:cvr|sag|sags|journal|p|kunde|medlems)[ -]?(?:nr|nummer)?[.: ]{0,3}$", re.IGNORECASE)
_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![^\W_])", re.IGNORECASE)
_BRANCH = re.compile(
    r"\breg(?:istrering\w{0,10})?[.: ]{0,3}(?:nr|nummer)?[.: ]{0,3}(\d{4})(?!\d)(?=[^\n]{0,12}konto)", re.IGNORECASE
)
_HALF_CPR = re.compile(
    r"\b(?:cpr|person)[ -]?(?:nr|nummer)?(?: er)?[.: ]{0,3}(\d{2}[ .\-/]?\d{2}[ .\-/]?\d{2}(?:[ -]?[x*]{4})?)(?!\d)",
    re.IGNORECASE,
)
CUE_REACH = 30  # how far back a cue may begin; keeps the look-back cheap

_ONES = "nul en et én to tre fire fem seks syv otte ni zero one two three four five six seven eight nine"
_TEENS = "ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
_TENS = (
    "tyve tredive tredve fyrre fyrretyve halvtreds halvtredsindstyve tres tresindstyve halvfjerds halvfjerdsindstyve "
    "firs firsindstyve halvfems halvfemsindstyve"
)
_COMPOUND = re.compile(rf"(?:en|et|én|to|tre|fire|fem|seks|syv|otte|ni)og(?:{'|'.join(_TENS.split())})")
_WORTH = {**dict.fromkeys(_ONES.split(), 1), **dict.fromkeys(f"{_TEENS} {_TENS}".split(), 2)}
_BETWEEN = frozenset({"og", "plus", "dobbelt", "så", "komma", "streg"})
_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ .,\-/+()\n]{1,3}")


def find(text: str) -> Iterator[Span]:
    """Digit runs, accounts, half CPR numbers and number words of a folded text."""
    for match in _RUN.finditer(text):
        yield from _numbers(text, match.start(), match.group())
    for match in _IBAN.finditer(text):
        if sum(c.isdigit() for c in match.group()) > FEWEST:
            yield Span("bank", *match.span(), span.ACCOUNT)
    for match in _BRANCH.finditer(text):
        yield Span("bank", *match.span(1), span.ACCOUNT)
    for match in _HALF_CPR.finditer(text):
        yield Span("cpr", *match.span(1), span.CPR_CUE)
    yield from _in_words(text)


def _numbers(text: str, start: int, run: str) -> Iterator[Span]:
    before = text[max(0, start - CUE_REACH) : start]
    if _is_time(run, before):
        return
    for piece_start, piece in _pieces(run):
        kind, why = _kind(piece, before)
        yield Span(kind, start + piece_start, start + piece_start + len(piece), why)


def _is_time(run: str, before: str) -> bool:
    """Opening hours and years are no numbers of anybody; '1998-2009' after 'tlf' is."""
    if _YEARS.fullmatch(run):
        return not _PHONE_CUE.search(before)
    if _HOURS.fullmatch(run):
        return True
    rest = _RANGE.sub("", run)
    return rest != run and sum(c.isdigit() for c in rest) < 4


def _pieces(run: str) -> list[tuple[int, str]]:
    """Two numbers with a comma between are two; anything shorter than a number stays with its run."""
    cuts = [0, *(end for match in _PIECES.finditer(run) for end in match.span()), len(run)]
    parts = [(cuts[i], run[cuts[i] : cuts[i + 1]]) for i in range(0, len(cuts), 2)]
    long = all(sum(c.isdigit() for c in part) >= FEWEST for _, part in parts)
    return parts if long else [(0, run)]


def _kind(run: str, before: str) -> tuple[Kind, str]:
    digits = "".join(c for c in run if c.isdigit())
    if _ACCOUNT_CUE.search(before):
        return "bank", span.ACCOUNT
    if _NUMBER_CUE.search(before):
        return "number", span.DIGITS
    if "+" in run[:2] or len(digits) == 8 or (digits.startswith("00") and len(digits) > 10):
        return "phone", span.PHONE
    if len(digits) == 10:
        day = int(digits[:2])
        if 1 <= day <= 31 or 61 <= day <= 91:
            return "cpr", span.CPR
    return "number", span.DIGITS


def _in_words(text: str) -> Iterator[Span]:
    """'nul nul tolv fireogtredive …': number words in a row, digits among them allowed."""
    row: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if row and not _GAP.fullmatch(text, row[-1].end(), token.start()):
            yield from _row(row)
            row = []
        if _worth(token.group()) or (row and token.group().lower() in _BETWEEN):
            row.append(token)
        elif row:
            yield from _row(row)
            row = []
    yield from _row(row)


def _row(row: list[re.Match[str]]) -> Iterator[Span]:
    while row and not _worth(row[-1].group()):
        row.pop()
    in_words = any(token.group().isalpha() for token in row)
    if in_words and sum(_worth(token.group()) for token in row) >= FEWEST:
        yield Span("phone", row[0].start(), row[-1].end(), span.DIGIT_WORDS)


def _worth(word: str) -> int:
    """How many digits a word stands for, 0 for words that are no number."""
    if word.isdecimal():
        return len(word)
    lower = word.lower()
    return _WORTH.get(lower, 2 if _COMPOUND.fullmatch(lower) else 0)
