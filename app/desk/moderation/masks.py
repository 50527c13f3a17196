"""Hiding words and letting them be read: what a person changes about the marks of a text. Views commit."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, marks, opening, queries, states, undoing
from app.desk.moderation.marks import Mark
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.privacy import sealing

LONGEST_WORDING = 40


@undoing.remembered("mask")
def mask(item: AnyRow, words: Sequence[tuple[int, int]], type_: str, wording: str, by: User) -> None:
    """Hide words by hand; words in a row become one mask. Hiding the same words again changes nothing."""
    opened = _to_change(item)
    if not words or type_ not in marks.CHOSEN:
        raise changing.NotYet(_("Choose the words to mask, and what they are."))
    replacement = wording_of(type_, wording)
    open_words = opened.still_open(words)
    for start, end in open_words:
        remember(item, (start, end, type_), by, decision="mask", replacement=replacement)
    if open_words:
        _touch(item)


@undoing.remembered("unmask")
def unmask(item: AnyRow, place: tuple[int, int, str], reason: str, by: User) -> None:
    """Take away a mask set by hand, or let what the machine marked stay readable for a reason."""
    mark = _to_change(item).mark_at(*place)
    if mark is None:
        return
    if mark.is_structured and mark.is_found:
        raise states.NotAllowed(_("A number or an address on the net is never kept. You can look at it."))
    if not mark.is_found:
        queries.unset_masks(item.answer_id, mark.start, mark.end)
    elif reason in states.KEEP_REASONS:
        queries.unset_masks(item.answer_id, mark.start, mark.end, only_found=True)
        remember(item, place, by, decision="keep", reason=reason)
        audit.record("mask.keep", item.answer_id.hex(), detail=f"{mark.type} {reason}")
    else:
        raise changing.NotYet(_("Choose why it may stay readable."))
    _touch(item)


def mask_again(item: AnyRow, place: tuple[int, int, str]) -> None:
    """Hide again what somebody let stay readable."""
    _to_change(item)
    if queries.unset_span(item.answer_id, *place):
        _touch(item)


def take_over(item: AnyRow, found: Iterable[Mark], by: User) -> None:
    """Write down every mark of an approval: what was hidden stays hidden, whatever a later masker would find."""
    queries.unset_masks(item.answer_id, 0, 2 * sealing.LONGEST_TEXT)
    for mark in found:
        why = mark.why if mark.is_found else None
        remember(item, mark.place, by, decision="mask", replacement=mark.replacement, why=why)


def look(item: AnyRow, place: tuple[int, int, str], reason: str) -> str:
    """The words behind one mask, for this answer only. That it was done is written down; the words are not."""
    mark = (opened := _to_change(item)).mark_at(*place)
    if mark is None:
        raise changing.Changed(_("That mask is not there any more."))
    if reason not in states.LOOK_REASONS:
        raise changing.NotYet(_("Choose why you need to look."))
    audit.record("mask.look", item.answer_id.hex(), detail=f"{mark.type} {reason}")
    return opened.behind(mark)


def without_names(words: str) -> str:
    """A moderator's own words pass the masker too."""
    plain = sealing.cleaned(" ".join(words.split()))
    return marks.masked(plain, marks.merged(opening.find(plain)))


def wording_of(type_: str, wording: str) -> str | None:
    """A person's own words for a detail, as they may stand in its place; None for the usual label."""
    return (without_names(wording)[:LONGEST_WORDING].strip("[] ") or None) if type_ == "detail" else None


def remember(item: AnyRow, place: tuple[int, int, str], by: User, **values: Any) -> None:
    """Write a decision about a stretch of the opened text down."""
    start, stop, type_ = place
    queries.set_span({"item_id": item.answer_id, "start": start, "stop": stop, "type": type_, "by": by.id, **values})


def _to_change(item: AnyRow) -> Opened:
    if item.state not in states.UNDECIDED:
        raise states.NotAllowed(_("That is not possible any more: the text has already been dealt with."))
    return opening.open_(item)


def _touch(item: AnyRow) -> None:
    """The masks changed: an approval that was being written before must be looked at again."""
    changing.change(item, item.version)
