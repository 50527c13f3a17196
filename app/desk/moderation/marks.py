"""A text with its marks: which stretches are hidden, what stands there instead, which words are left.

Pure. Positions are code points of the opened text, end exclusive. What comes out never holds a
masked word, and no character that turns the direction of the page.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.core.i18n import N_
from app.privacy import masking

BY_HAND = {"staff": "[ansat]", "place": "[sted]", "detail": "[detalje]"}
LABELS = {str(kind): label for kind, label in masking.LABELS.items()} | BY_HAND
"""What only a person can see; the label stands in the statement, in the words of the release."""
CHOSEN = ("name", "staff", "place", "detail", "phone", "address", "number")
"""The kinds a person may set, the usual ones first."""
STRUCTURED = frozenset({"cpr", "phone", "email", "url", "plate", "bank", "number"})
"""Never kept readable, whatever the reason."""
SET_BY_HAND = N_("set by hand")
_WORD = re.compile(r"\S+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK = "\u200b"  # as long as what it stands for, so positions stay true; gone from what is stored


@dataclass(frozen=True)
class Mark:
    """A hidden stretch, and why."""

    start: int
    end: int
    type: str
    why: str
    is_found: bool = True
    """By the machine, rather than by hand."""
    replacement: str | None = None

    @property
    def is_structured(self) -> bool:
        """A number, an address on the net: may be looked at, never kept."""
        return self.type in STRUCTURED

    @property
    def label(self) -> str:
        """What stands in its place."""
        return f"[{self.replacement}]" if self.replacement else LABELS[self.type]

    @property
    def place(self) -> tuple[int, int, str]:
        """What a decision about it is remembered by."""
        return self.start, self.end, self.type


@dataclass(frozen=True)
class Word:
    """A word that is not hidden."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Piece:
    """A run of the text as shown: plain words, or a label with its mark."""

    start: int
    end: int
    text: str
    mark: Mark | None = None
    words: tuple[Word, ...] = ()


def merged(found: Iterable[Mark]) -> list[Mark]:
    """Marks that touch the same characters become one; a structured kind wins, then what the machine named."""
    joined: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if joined and mark.start < joined[-1].end:
            joined.append(_joined(joined.pop(), mark))
        else:
            joined.append(mark)
    return joined


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The text as it is shown, in order, marks already hidden."""
    text = _TURNS.sub(_BLANK, text)
    edges = [0, *(edge for mark in marks for edge in (mark.start, mark.end)), len(text)]
    by_start = {mark.start: mark for mark in marks}
    shown = []
    for at, (start, end) in enumerate(pairwise(edges)):
        if start == end:
            continue
        if at % 2:
            mark = by_start[start]
            shown.append(Piece(start, end, mark.label, mark))
        else:
            shown.append(Piece(start, end, text[start:end], words=_words(text[start:end], start)))
    return shown


def masked(text: str, marks: Sequence[Mark]) -> str:
    """What may be kept of the text: the marks hidden for good."""
    return "".join(piece.text for piece in pieces(text, marks)).replace(_BLANK, "")


def left_over(text: str, marks: Sequence[Mark], find: Callable[[str], Iterable[Mark]]) -> list[Mark]:
    """What `find` still sees in the result, at its place in the opened text. Our own labels are no find."""
    shown = pieces(text, marks)
    places = [place for piece in shown for place in _places(piece)]
    found = []
    for mark in find("".join(piece.text for piece in shown)):
        covered = places[mark.start : mark.end]
        if any(is_open for _, _, is_open in covered):
            found.append(replace(mark, start=covered[0][0], end=covered[-1][1]))
    return found


def kept_places(piece: Piece) -> list[tuple[int, int]]:
    """Where each character comes from that is kept of a piece (`masked`)."""
    found = zip(piece.text, _places(piece), strict=True)
    return [(start, end) for character, (start, end, _is_open) in found if character != _BLANK]


def _joined(first: Mark, second: Mark) -> Mark:
    leading = second if second.is_structured and not first.is_structured else first
    return replace(leading, start=first.start, end=max(first.end, second.end))


def _places(piece: Piece) -> list[tuple[int, int, bool]]:
    """For each shown character: where it comes from, and whether it can still tell. Fixed labels cannot;
    a wording that a person chose for a detail can."""
    if piece.mark is None:
        return [(piece.start + n, piece.start + n + 1, True) for n in range(len(piece.text))]
    return [(piece.start, piece.end, piece.mark.replacement is not None)] * len(piece.text)


def _words(text: str, start: int) -> tuple[Word, ...]:
    return tuple(Word(start + word.start(), start + word.end(), word.group()) for word in _WORD.finditer(text))
