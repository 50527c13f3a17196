"""Which quarters of conversations by text are over, and wait for the guard (dispositions).

A quarter is the finest period and the only one: none lies inside another or overlaps it, and what two
days have passed over never changes, so there is nothing to take off from anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.core import weeks
from app.publication import periods, queries
from app.publication.periods import Period
from app.surveys import paradata
from app.surveys import queries as surveys

SETTLED = timedelta(days=3)
"""After a quarter's last Sunday: on the Wednesday, two days after the week, its last conversations have ended."""


@dataclass(frozen=True)
class Finished:
    """A finished quarter of a version; survey '' holds words without a survey."""

    survey_id: str
    version: int
    period: Period


def undecided(today: date) -> list[Finished]:
    """What waits to be decided, oldest first."""
    known = queries.decided_answering()
    found = {
        Finished(survey_id, version, quarter_of(week))
        for survey_id, version, week in surveys.paradata_weeks(paradata.STANDINGS)
    }
    waiting = [one for one in found if (one.survey_id, one.version, one.period.code) not in known]
    over = [one for one in waiting if first_day(one.period) <= today]
    return sorted(over, key=lambda one: (one.period.code, one.survey_id, one.version))


def first_day(quarter: Period) -> date:
    """The first day on which nothing in it can change any more."""
    return weeks.sunday(quarter.weeks[-1]) + SETTLED


def quarter_of(week: str) -> Period:
    """The quarter a week lies in."""
    month = periods.of_month(weeks.month_of_week(week))
    return Period(month.year, "Q", (month.number - 1) // 3 + 1)


def quarter_on(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter_of(weeks.week_of(day))


def weeks_of(code: str) -> tuple[str, ...]:
    """The weeks of a quarter, in order."""
    return periods.parse(code).weeks
