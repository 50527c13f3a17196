"""What the database of a rehearsal holds after all those texts: boxes, counts, and no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core import clock, config
from app.privacy import sealing
from app.privacy.keys import DayKeys, epoch_of
from app.rehearsal import queries
from app.rehearsal.sandbox import Rehearsal

NATIONAL = 8
"""Digits of a Danish number without its country: shorter needles would be found by chance."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer as it lies there: words are a box."""

    question: str
    kind: str
    value: str | None
    sealed_bytes: int
    is_urgent: bool


@dataclass(frozen=True, kw_only=True)
class Responded:
    """One response as it lies there."""

    place: str | None
    week: str
    is_released: bool
    answers: tuple[Answered, ...]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Everything a rehearsal has left in its database."""

    conversations: Sequence[int]
    remembered: Sequence[int]
    meter_cells: int
    receipts: int
    day_keys: int
    responses: tuple[Responded, ...]
    tally: Sequence[tuple[str, str, int]]
    numbers_found: int
    """How many of the telephones' numbers stand somewhere in the files of the database: searched, not assumed."""


def look(rehearsal: Rehearsal) -> Stored:
    """Read it all; in the rehearsal's own app."""
    return Stored(
        conversations=queries.conversations(),
        remembered=queries.remembered(),
        meter_cells=queries.metered(),
        receipts=queries.receipts(),
        day_keys=_living_keys(config.settings().keys_dir),
        responses=_responses(),
        tally=[(row[0], row[1], row[2]) for row in queries.tally()],
        numbers_found=_numbers_found(rehearsal),
    )


def words() -> set[str]:
    """The words that were stored, opened with the desk's key of this rehearsal."""
    return {
        sealing.unseal(row.sealed, answer_id=row.id, month=row.month)
        for row in queries.answers()
        if row.kind == "words" and row.sealed
    }


def _responses() -> tuple[Responded, ...]:
    answers = queries.answers()
    return tuple(
        Responded(
            place=row.site_code,
            week=row.week,
            is_released=row.is_released,
            answers=tuple(
                Answered(
                    question=one.question,
                    kind=one.kind,
                    value=one.value,
                    sealed_bytes=len(one.sealed or b""),
                    is_urgent=one.is_urgent,
                )
                for one in answers
                if one.response_id == row.id
            ),
        )
        for row in queries.responses()
    )


def _living_keys(folder: Path) -> int:
    today = epoch_of(clock.now())
    return sum(abs(epoch - today) <= 1 for epoch in DayKeys(folder).alive())


def _numbers_found(rehearsal: Rehearsal) -> int:
    needles = [number[-NATIONAL:].encode() for number in rehearsal.phones.numbers.values()]
    contents = list(rehearsal.bytes_of_database())
    return sum(any(needle in content for content in contents) for needle in needles)
