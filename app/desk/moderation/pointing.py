"""Pointing at details that may single somebody out: dates, sums, rare animals, illness, nationality.

A hint to the reader, after Care Opinion's rules of moderation. Nothing here is masked by itself, nothing is counted,
and most of what singles somebody out is on no list.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.core.config import ROOT
from app.core.folding import fold
from app.core.i18n import N_
from app.desk.moderation.marks import Mark, Piece

WHY = {
    "date": N_("a day that can be found again"),
    "sum": N_("an exact sum of money"),
    "animal": N_("an animal few people have"),
    "illness": N_("an illness or a body that few have"),
    "nationality": N_("where somebody comes from"),
}
FILE = ROOT / "content" / "detail_words.toml"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NUMBERED = re.compile(
    r"(?<![\d./-])(?:3[01]|[12]\d|0?[1-9])[./-](?:1[0-2]|0?[1-9])(?:[./-](?:\d{4}|\d\d))?(?![\d/-]|[.,]\d)"
)
_HALVES = frozenset({"1/2", "1/3", "1/4", "2/3", "3/4"})
_CLOCK = re.compile(r"(?:kl|klokken|klokka)\.? ?$", re.IGNORECASE)
_SUM = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[. ]?\d{3})*(?:,\d\d|,-)? ?(?:kr\.?(?!\w)|kroner|kr,-|dkk|euro|€)"
    r"|(?<![\d.,])\d{1,3}(?:\.?\d{3})*,-",
    re.IGNORECASE,
)
_SMALLEST_SUM = 500
"""Below this a sum is a price, and prices are what people complain of."""


@dataclass(frozen=True)
class Pointer:
    """A stretch to look at, in code points of the text."""

    start: int
    end: int
    kind: str

    @property
    def why(self) -> str:
        """What it may be, as a msgid."""
        return WHY[self.kind]


def pointers(text: str, marks: Sequence[Mark] = ()) -> list[Pointer]:
    """What to point at in a text, in order and without overlaps; what is hidden already is left out."""
    hidden = [(mark.start, mark.end) for mark in marks]
    found: list[Pointer] = []
    for pointer in sorted([*_dates(text), *_sums(text), *_words(text)], key=lambda one: (one.start, -one.end)):
        is_hidden = any(start < pointer.end and pointer.start < end for start, end in hidden)
        if not is_hidden and (not found or pointer.start >= found[-1].end):
            found.append(pointer)
    return found


def runs(piece: Piece, found: Sequence[Pointer]) -> list[tuple[str, Pointer | None]]:
    """The characters of a piece in order, those that are pointed at by themselves."""
    shown: list[tuple[str, Pointer | None]] = []
    at = piece.start
    for pointer in found:
        if piece.start <= pointer.start and pointer.end <= piece.end:
            before = piece.text[at - piece.start : pointer.start - piece.start]
            shown += [(before, None), (piece.text[pointer.start - piece.start : pointer.end - piece.start], pointer)]
            at = pointer.end
    return [run for run in [*shown, (piece.text[at - piece.start :], None)] if run[0]]


def _dates(text: str) -> Iterator[Pointer]:
    for match in _NUMBERED.finditer(text):
        separators = set(match.group()) - set("0123456789")
        # "8.30" is a clock, "14.05" may be either: with a dot only a third part or "den" makes it a day.
        is_day = separators != {"."} or match.group().count(".") > 1 or text[: match.start()].lower().endswith("den ")
        if is_day and match.group() not in _HALVES and not _CLOCK.search(text[: match.start()]):
            yield Pointer(match.start(), match.end(), "date")
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        key = fold(word.group())
        before = words[at - 1] if at else None
        if key in _listed("month") and before and before.group().isdecimal() and int(before.group()[:3]) <= 31:
            behind = words[at + 1] if at + 1 < len(words) else None
            is_year = behind and re.fullmatch(r"(?:19|20)\d\d", behind.group())
            yield Pointer(before.start(), behind.end() if behind and is_year else word.end(), "date")
        elif _is_listed(key, "day"):
            yield Pointer(word.start(), word.end(), "date")


def _sums(text: str) -> Iterator[Pointer]:
    for match in _SUM.finditer(text):
        whole = re.sub(r"\D", "", re.split(r",", match.group())[0])
        if int(whole or 0) >= _SMALLEST_SUM:
            yield Pointer(match.start(), match.end(), "sum")


def _words(text: str) -> Iterator[Pointer]:
    for word in _WORD.finditer(text):
        key = fold(word.group())
        for kind in ("animal", "illness", "nationality"):
            if _is_listed(key, kind):
                yield Pointer(word.start(), word.end(), kind)


def _is_listed(key: str, kind: str) -> bool:
    return key in _listed(kind) or key.startswith(_beginnings(kind))


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _lists()[kind] if not word.endswith("*"))


@cache
def _beginnings(kind: str) -> tuple[str, ...]:
    return tuple(fold(word[:-1]) for word in _lists()[kind] if word.endswith("*"))


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(FILE.read_text("utf-8"))
    return found
