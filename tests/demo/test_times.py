"""Which weeks the demo lies in, whenever it is started."""

from datetime import date, timedelta

import pytest

from app.core import weeks
from app.demo import times


@pytest.mark.parametrize(
    ("today", "before", "last"),
    [
        (date(2026, 11, 22), "2026-Q2", "2026-Q3"),
        (date(2026, 10, 10), "2026-Q1", "2026-Q2"),
        (date(2026, 10, 11), "2026-Q2", "2026-Q3"),
        (date(2027, 1, 3), "2026-Q2", "2026-Q3"),
        (date(2027, 5, 20), "2026-Q4", "2027-Q1"),
    ],
)
def test_the_newest_two_quarters_that_have_rested_are_published(today: date, before: str, last: str) -> None:
    found = times.of(today)

    assert (found.before.code, found.last.code) == (before, last)


def test_every_day_has_weeks_for_each_part_and_none_twice() -> None:
    for nth in range(800):
        today = date(2026, 5, 1) + timedelta(days=nth)
        parts = times.of(today).weeks
        every = [week for part in parts.values() for week in part]

        assert all(parts.values()), today
        assert len(every) == len(set(every))
        assert every == sorted(every)
        assert every[-1] == weeks.week_of(today)


def test_a_year_nobody_made_a_catalogue_for_is_not_published() -> None:
    assert times.of(date(2026, 11, 22)).has_catalogue
    assert not times.of(date(2026, 5, 1)).has_catalogue
