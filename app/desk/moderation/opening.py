"""Opening one text: its box in memory, the marks on it, and what of it may be shown. Nothing is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.moderation import marks, pointing, queries, reasons
from app.desk.moderation.marks import Mark, Piece
from app.desk.moderation.models import MaskSpan
from app.desk.moderation.pointing import Pointer
from app.desk.moderation.queries import AnyRow
from app.privacy import masking, sealing
from app.privacy.boxes import CannotOpen


class CannotRead(Refusal):
    """The words are gone, or sealed to a key this desk does not have."""


@dataclass(frozen=True)
class Opened:
    """A text as it may be shown. The words themselves never leave this module unmasked but for one look."""

    raw: str = field(repr=False)
    marks: tuple[Mark, ...]
    kept: tuple[MaskSpan, ...]
    places: frozenset[str]

    @property
    def pieces(self) -> list[Piece]:
        """The text in runs, marks hidden."""
        return marks.pieces(self.raw, self.marks)

    @property
    def masked(self) -> str:
        """What approval would store."""
        return marks.masked(self.raw, self.marks)

    @property
    def pointers(self) -> list[Pointer]:
        """Details that a person should look at."""
        return pointing.pointers(self.raw, self.marks)

    def still_open(self, words: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The words that are not hidden yet, neighbours joined; places outside the text are left out."""
        inside = sorted({(start, end) for start, end in words if 0 <= start < end <= len(self.raw)})
        joined: list[tuple[int, int]] = []
        for start, end in inside:
            if any(mark.start <= start and end <= mark.end for mark in self.marks):
                continue
            if joined and not self.raw[joined[-1][1] : start].strip():
                joined.append((joined.pop()[0], end))
            else:
                joined.append((start, end))
        return joined

    def mark_at(self, start: int, end: int, type_: str) -> Mark | None:
        """The mark of this place, as the page posted it."""
        return next((mark for mark in self.marks if mark.place == (start, end, type_)), None)

    def readable(self, pointer: Pointer) -> str:
        """The words a pointer points at; they are not hidden."""
        return sealing.cleaned(self.raw[pointer.start : pointer.end])

    def why(self, mark: Mark) -> str:
        """Why this mark is there, in words."""
        return reasons.why(self.raw, mark)

    def behind(self, mark: Mark) -> str:
        """The hidden words, for one look."""
        return sealing.cleaned(self.raw[mark.start : mark.end])

    def left_over(self) -> list[Mark]:
        """What the masker still sees in the result and nobody said may stay."""
        found = marks.left_over(self.raw, self.marks, partial(find, places=self.places))
        return [mark for mark in found if mark.is_structured or not self._is_kept(mark)]

    def _is_kept(self, mark: Mark) -> bool:
        return any(span.start <= mark.start and mark.end <= span.stop for span in self.kept)


def open_(item: AnyRow) -> Opened:
    """Open, find, and lay what people decided over what was found. Raises CannotRead."""
    raw, places = _words(item), queries.place_names()
    spans = queries.mask_spans(item.answer_id)
    before = [_remembered(span) for span in spans if span.decision == "mask"]
    kept = tuple(span for span in spans if span.decision == "keep")
    keeping = {(span.start, span.stop, span.type) for span in kept}
    found = _without(marks.merged([*find(raw, places), *before]), keeping)
    opened = Opened(raw, tuple(found), kept, places)
    # Hiding a name can uncover the next one: what the gate would find is marked before the person sees it.
    return Opened(raw, tuple(_without(marks.merged([*found, *opened.left_over()]), keeping)), kept, places)


def as_approved(item: AnyRow) -> tuple[str, list[Mark]]:
    """The words and the marks an approval took over, whatever the masker would say today. Raises CannotRead."""
    spans = queries.mask_spans(item.answer_id)
    return _words(item), marks.merged(_remembered(span) for span in spans if span.decision == "mask")


def find(text: str, places: frozenset[str] = frozenset()) -> list[Mark]:
    """What the machine sees; the names of our own places are nobody's."""
    return [Mark(span.start, span.end, span.type, span.why) for span in masking.spans(text, places)]


def _words(item: AnyRow) -> str:
    box = queries.box(item.answer_id)
    if box is None:
        raise cannot_read()
    try:
        return sealing.unseal(box, answer_id=item.answer_id, month=item.month)
    except CannotOpen as error:
        raise cannot_read() from error


def cannot_read() -> CannotRead:
    """What to say when a box stays closed."""
    return CannotRead(_("These words can no longer be opened. The key of their month is gone."))


def _remembered(span: MaskSpan) -> Mark:
    why = span.why or marks.SET_BY_HAND
    return Mark(span.start, span.stop, span.type, why, is_found=bool(span.why), replacement=span.replacement)


def _without(found: Iterable[Mark], keeping: set[tuple[int, int, str]]) -> Sequence[Mark]:
    return [mark for mark in found if mark.is_structured or mark.place not in keeping]
