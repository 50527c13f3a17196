"""The pairs that months are sealed to, made ahead by the desk's side: in PostgreSQL the citizens' side may make none.

Whoever held the citizens' side for a minute could else leave a pair of its own for every month to come, and everybody
would seal to those.
"""

from collections.abc import Iterator
from datetime import date, datetime

from app.core import clock, config
from app.core.clock import COPENHAGEN
from app.privacy import queries as known
from app.privacy import retention, sealing
from app.surveys import queries

AHEAD = 3
"""Months. So long the jobs of the desk's side may stand still before nothing can be sealed any more."""
BEHIND = 4
"""Months. What waited on a tablet comes up to 13 weeks late, also where nobody has answered before."""


def make_ahead(now: datetime) -> None:
    """Make the pairs that will be needed; take away those of a month that lies too far off and holds nothing."""
    today = now.astimezone(COPENHAGEN).date()
    for months in range(-BEHIND, AHEAD + 1):
        sealing.month(_month(today, months))
    for month in _too_far(today):
        if not queries.has_answers_of_month(month):
            retention.destroy_month(month)


def faults(today: date) -> Iterator[str]:
    """One line for each month whose pair nobody of ours would have made yet."""
    yield from (f"seal_month {month}: no pair is made so early" for month in _too_far(today))


def bad_months() -> str | None:
    """One line if a pair is there too early, or if the citizens' side will soon have none to seal to."""
    today = clock.today()
    if any(_too_far(today)):
        return "A month has a key too early: run `stemme verify`."
    if config.settings().side != "all" and known.month_public(_month(today, 1)) is None:
        return "Next month has no key yet: the worker of the desk's side makes it."
    return None


def _too_far(today: date) -> list[str]:
    last = _month(today, AHEAD)
    return [month for month in known.month_names() if month > last]


def _month(today: date, months: int) -> str:
    """'YYYY-MM', so many months from today."""
    return f"{retention.months_before(today, -months):%Y-%m}"
