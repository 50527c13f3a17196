"""Until when the next step of a case is to be taken: pure, on days.

The steps and their spans are those of Talk to Loop. All are counted from the day the case was raised;
only the next day is stored, and the first one follows from it and the step.
"""

from datetime import date, timedelta

from app.privacy import retention

FROM_THE_START = {
    "raised": timedelta(days=2),
    "assessed": timedelta(weeks=1),
    "decided": timedelta(weeks=6),
}
"""How long after the start what comes after each step is due."""
REVIEWED_MONTHS = 3
KEPT_MONTHS = 12
"""How long the row of a closed case lives."""


def first(raised_on: date) -> date:
    """When a new case is to be assessed."""
    return raised_on + FROM_THE_START["raised"]


def after(before: str, due: date, step: str) -> date:
    """When the next step is due, for an open case that goes from the step `before` to `step`."""
    start = due - FROM_THE_START[before]
    return months_later(start, REVIEWED_MONTHS) if step == "reviewed" else start + FROM_THE_START[step]


def forgotten(closed_on: date) -> date:
    """When the row of a case that is closed today goes."""
    return months_later(closed_on, KEPT_MONTHS)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one that month has."""
    return retention.months_before(day, -months)
