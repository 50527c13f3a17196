"""Chips beside a text: what they are made of, and what became of each, kept with the decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook.codes import Book
from app.desk.moderation.suggesting import hints, queries, suggestions, teaching
from app.desk.moderation.suggesting.models import ACCEPTED, PASSED, REFUSED
from app.desk.moderation.suggesting.suggestions import Suggestion

LONGEST_HINT = 80
BY_NAME = ("hints", "bayes", "letters")
"""What each level is called in a model's version."""


@dataclass(frozen=True)
class Shown:
    """A chip as the form says it was shown."""

    key: str
    level: int
    version: str


@dataclass(frozen=True)
class Answered:
    """The chips of a form, in their order, and those somebody said no to."""

    shown: Sequence[Shown] = ()
    refused: Collection[str] = frozenset()


def chips(danish: str, book: Book) -> list[Suggestion]:
    """What a moderator is offered beside Danish words."""
    return suggestions.chips(danish, hints.of_book(book), teaching.current())


def uncertainty(danish: str) -> float:
    """How unsure the suggestions are of Danish words, 0 to 1."""
    return suggestions.uncertainty(danish, hints.of_book(codes.book()), teaching.current())


def version_of(chip: Suggestion, book: Book) -> str:
    """Which model offered a chip: its kind and the codebook's version. No counts and no day, they would date a text."""
    return f"{BY_NAME[level_of(chip)]}-{book.version}"


def level_of(chip: Suggestion) -> int:
    """0 where the codebook's hints offer it, else the level of the model that does."""
    model = teaching.current()
    return 0 if chip.is_hinted or model is None else model.level


def keep(statement_id: bytes, danish: str, answered: Answered, chosen: Collection[str]) -> None:
    """Write down what became of each chip: taken or set by hand, refused, or passed over.

    The hint is the codebook's word; no word of the text is kept.
    """
    if not answered.shown:
        return
    book = codes.book()
    found = {one.code: one.hints for one in suggestions.rank(danish, hints.of_book(book))}
    guids = queries.guids(one.key for one in answered.shown)
    queries.add_shown([
        {
            "statement_id": statement_id,
            "code_guid": guids[one.key],
            "level": one.level,
            "place": place,
            "hint": next(iter(found.get(one.key, ())), "")[:LONGEST_HINT] or None,
            "model_version": one.version,
            "outcome": ACCEPTED if one.key in chosen else REFUSED if one.key in answered.refused else PASSED,
        }
        for place, one in enumerate(answered.shown, 1)
        if one.key in guids
    ])  # fmt: skip
