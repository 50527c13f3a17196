"""What may be shown of how texts were dealt with: decided by the guard once a quarter has rested, and kept."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from app.core import db
from app.core.errors import Refusal
from app.publication import dealt, guard, queries, tallies
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dealt import APPROVED, EVERY, REASONS, REJECTED, WAITING
from app.publication.dimensions import Cell, Dimension, Dimensions, Member
from app.publication.periods import Period

RULES = Rules(k=5, min_n=10)
TEXT, OUTCOME = "text", "outcome"
_ALL, _ROOT = "all", "read"
DIMENSIONS = Dimensions(
    (
        Dimension(TEXT, "tree", True, (Member(_ALL),)),
        Dimension(
            OUTCOME,
            "tree",
            False,
            (
                Member(_ROOT),
                Member(APPROVED, _ROOT),
                Member(WAITING, _ROOT),
                Member(REJECTED, _ROOT),
                *(Member(reason, REJECTED) for reason in REASONS),
            ),
        ),
    )
)
Count = Callable[[Collection[str]], Mapping[str, int]]
"""Weeks → how many texts of them were approved, wait, or were left out for each reason."""


def decide_next(today: date, count: Count) -> Period | None:
    """Decide one quarter and keep it; the caller commits. None when none waits.

    What is decided later about a text changes nothing any more. Reads in a transaction of its own: nobody's
    message may wait while the guard thinks.
    """
    db.begin_reading()
    waiting = dealt.undecided(today)
    quarter = waiting[0] if waiting else None
    outcomes = count(quarter.weeks) if quarter else {}
    db.db.session.rollback()
    if quarter is not None:
        queries.add_moderated(quarter.code, shown(outcomes))
    return quarter


def shown(outcomes: Mapping[str, int]) -> dict[str, int]:
    """The figures that may be shown, by outcome ('' for all texts). Nothing, if the guard refuses."""
    counts = Counts.from_tallies(
        (dims, n) for outcome, n in outcomes.items() for dims in ({TEXT: _ALL}, {TEXT: _ALL, OUTCOME: outcome})
    )
    cells = {_cell(outcome): outcome for outcome in (EVERY, APPROVED, WAITING, REJECTED, *REASONS)}
    try:
        decision = guard.decide(RULES, DIMENSIONS, list(cells), counts=counts, ledger={})
    except Refusal:
        return {}
    found = {cells[cell]: tallies.figure(counts, DIMENSIONS, cell) for cell in sorted(decision.shown)}
    return found if found.get(EVERY, 0) >= RULES.min_n else {}


def _cell(outcome: str) -> Cell:
    return Cell.at({TEXT: _ALL, **({OUTCOME: outcome} if outcome else {})})
