"""Masking more of an approved text: its statement is written anew in place, and the older wording is not kept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask_babel import gettext as _

from app.core.folding import fold
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, marks, masks, opening, queries, states, undoing
from app.desk.moderation.marks import Mark, Piece
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import queries as rewriting
from app.publication import quotes

Range = tuple[int, int]
_LABEL = re.compile(r"\[[^\[\]\n]{1,42}\]")


def labels(text: str) -> list[Mark]:
    """The labels that stand in a statement, as marks."""
    return [Mark(one.start(), one.end(), "detail", "", replacement=one.group()[1:-1]) for one in _LABEL.finditer(text)]


def pieces(text: str) -> list[Piece]:
    """A statement in runs: its labels, which stay, and the words between them. Positions are the statement's own."""
    return marks.pieces(text, labels(text))


def seen_now(text: str) -> list[Mark]:
    """What today's masker sees in a statement, our own labels apart."""
    own = set(marks.LABELS.values())
    fixed = [replace(one, replacement=None) if one.label in own else one for one in labels(text)]
    return marks.left_over(text, fixed, partial(opening.find, places=queries.place_names()))


@undoing.remembered("mask_more")
def mask_more(item: AnyRow, version: int, words: Sequence[Range], type_: str, wording: str, by: User) -> None:
    """Hide words of an approved text, given as ranges of its statement. What is hidden already stays as it is."""
    changing.check(item, version, states.APPROVED_MASKED)
    statement = queries.statement(item.answer_id, by) if item.state in states.READABLE else None
    if statement is None:
        raise states.NotAllowed(_("That is possible with an approved text only."))
    if not words or type_ not in marks.CHOSEN:
        raise changing.NotYet(_("Choose the words to mask, and what they are."))
    hidden = _joined(statement.text, words)
    replacement = masks.wording_of(type_, wording)
    if not hidden:
        return
    found = [Mark(start, end, type_, "", replacement=replacement) for start, end in hidden]
    changing.change(item, version, state=states.APPROVED_MASKED)
    for start, end in _in_the_opened_text(item, statement.text, hidden):
        masks.remember(item, (start, end, type_), by, decision="mask", replacement=replacement)
    text = marks.masked(statement.text, found)
    folded = fold("\n".join(filter(None, (text, statement.translation))))
    rewriting.rewrite(statement.id, text=text, folded=folded)
    quotes.statement_changed(statement.id, text)
    audit.record("text.mask_more", count=1)


def _joined(text: str, words: Iterable[Range]) -> list[Range]:
    """The chosen words that are open, neighbours as one."""
    is_open = [(piece.start, piece.end) for piece in pieces(text) if piece.mark is None]
    joined: list[Range] = []
    for start, end in sorted(set(words)):
        if not any(first <= start < end <= last for first, last in is_open):
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined.append((joined.pop()[0], max(end, start)))
        else:
            joined.append((start, end))
    return joined


def _in_the_opened_text(item: AnyRow, statement: str, hidden: Iterable[Range]) -> list[Range]:
    """Where the same words stand in the sealed text, so that they stay hidden if it is read again.

    Nothing where the text cannot be opened any more: then it is never read again either.
    """
    try:
        raw, found = opening.as_approved(item)
    except opening.CannotRead:
        return []
    if marks.masked(raw, found) != statement:
        return []
    places: list[Any] = [place for piece in marks.pieces(raw, found) for place in marks.kept_places(piece)]
    return [(places[start][0], places[end - 1][1]) for start, end in hidden]
