"""How the texts of a quarter were dealt with, for everybody to read: only figures that `dealing` let out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.publication import finished, queries
from app.publication.periods import Period

REASONS = ("spam", "empty", "duplicate", "not_feedback", "privacy_of_others", "hate", "harm", "other")
"""Why a text may be left out. Criticism, rough words and spelling are not among them."""
APPROVED, REJECTED, WAITING, EVERY = "approved", "rejected", "waiting", ""
LATEST = 4
"""Quarters further back that nobody decided in time are not made up for."""


@dataclass(frozen=True)
class Dealt:
    """One quarter. None is a figure that is not shown."""

    period: str
    shown: Mapping[str, int]

    def __getitem__(self, outcome: str) -> int | None:
        return self.shown.get(outcome)


def quarters() -> list[Dealt]:
    """Every decided quarter of which anything is shown, newest first."""
    return [Dealt(row.period, row.figures) for row in queries.moderated() if row.figures]


def undecided(today: date) -> list[Period]:
    """The quarters that have rested and wait for the guard, oldest first."""
    known, found, quarter = queries.moderated_periods(), [], finished.quarter_on(today)
    for _nth in range(LATEST):
        quarter = quarter.before
        if quarter.code not in known and quarter.may_be_published_on() <= today:
            found.append(quarter)
    return found[::-1]
