"""How texts stand when their time is up: each week is looked at once, for no text says when it was decided."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from app.core import weeks
from app.desk.moderation import states
from app.desk.moderation.measures import queries
from app.publication import dealt

TIME = timedelta(weeks=2)
"""A text should be decided before the second week after its own has ended."""
LATEST = 13
"""Weeks further back are not looked at any more."""


def note(today: date) -> None:
    """Keep how each week stood whose time is up now. Job; at night. Running it twice changes nothing.

    What comes in later belongs to a week that is noted already, and is in no figure of it.
    """
    sundays = (weeks.sunday(weeks.week_of(today - timedelta(weeks=nth))) for nth in range(1, LATEST + 1))
    over = {weeks.week_of(sunday) for sunday in sundays if sunday + TIME < today}
    waiting = over - queries.noted_weeks()
    if waiting:
        rows = queries.standing(waiting)
        queries.note({"week": row.week, "decided": int(row.decided), "undecided": int(row.undecided)} for row in rows)


def outcomes(chosen: Collection[str]) -> dict[str, int]:
    """How the texts of these weeks stand, for the public page: approved, waiting, or the reason they were left out."""
    found: Counter[str] = Counter()
    for (state, reason), n in queries.decided(chosen).items():
        if state in states.READABLE:
            found[dealt.APPROVED] += n
        elif state == states.REJECTED and reason in dealt.REASONS:
            found[reason] += n
        elif state in queries.UNDECIDED:
            found[dealt.WAITING] += n
    return dict(found)
