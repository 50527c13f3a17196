"""ISO weeks as text, 'YYYY-Www' in Copenhagen, and the month each belongs to: the month of its Thursday."""

import re
from datetime import date, timedelta
from functools import lru_cache

_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


@lru_cache(maxsize=64)  # every text asks for the same few
def week_of(day: date) -> str:
    """The week of a day in Copenhagen (`clock.today()`)."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


@lru_cache(maxsize=64)
def month_of_week(week: str) -> str:
    """'YYYY-MM' of the week's Thursday, so 2026-12-31 and 2027-01-01 (week 2026-W53) count in 2026-12."""
    return f"{thursday(week):%Y-%m}"


def quarter_of_week(week: str) -> str:
    """'YYYY-Qn' of the week's month."""
    year, month = month_of_week(week).split("-")
    return f"{year}-Q{(int(month) + 2) // 3}"


def thursday(week: str) -> date:
    """The day that decides the month. Raises ValueError for what is no week, 2027-W53 included."""
    found = _WEEK.fullmatch(week)
    if found is None:
        raise ValueError(f"not an ISO week: {week}")
    return date.fromisocalendar(int(found[1]), int(found[2]), 4)


def monday(week: str) -> date:
    """The first day of the week."""
    return thursday(week) - timedelta(days=3)


def sunday(week: str) -> date:
    """The last day of the week."""
    return thursday(week) + timedelta(days=3)


def weeks_of_month(month: str) -> tuple[str, ...]:
    """The four or five weeks whose Thursday lies in 'YYYY-MM', in order."""
    found = _MONTH.fullmatch(month)
    if found is None:
        raise ValueError(f"not a month: {month}")
    first = date(int(found[1]), int(found[2]), 1)
    first += timedelta(days=(3 - first.weekday()) % 7)
    days = (first + timedelta(weeks=nth) for nth in range(5))
    return tuple(week_of(day) for day in days if day.month == first.month)


def around(week: str, many: int) -> tuple[str, str]:
    """The weeks so many before and after this one."""
    day, apart = thursday(week), timedelta(weeks=many)
    return week_of(day - apart), week_of(day + apart)
