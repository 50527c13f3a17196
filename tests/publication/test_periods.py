"""The calendar of publication: whole weeks, each month by its Thursday, nothing rolling."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import weeks
from app.publication import periods


def test_the_first_quarter_of_2027_is_weeks_1_to_12() -> None:
    quarter = periods.parse("2027-Q1")

    assert (quarter.weeks[0], quarter.weeks[-1], len(quarter.weeks)) == ("2027-W01", "2027-W12", 12)
    assert quarter.months == ("2027-01", "2027-02", "2027-03")


def test_the_days_around_new_year_2027_count_in_december() -> None:
    assert {weeks.month_of_week(weeks.week_of(date(2027, 1, day))) for day in (1, 2, 3)} == {"2026-12"}
    assert periods.parse("2026").weeks[-1] == "2026-W53"


def test_a_period_rests_fourteen_days_after_its_last_sunday() -> None:
    quarter = periods.parse("2027-Q1")

    assert quarter.may_be_published_on() == date(2027, 4, 11)
    with pytest.raises(periods.TooEarly, match="2027-04-11"):
        periods.refuse_too_early(quarter, today=date(2027, 4, 10))
    periods.refuse_too_early(quarter, today=date(2027, 4, 11))


@pytest.mark.parametrize(
    "code",
    [
        "2027-M13",
        "2027-M00",
        "2027-M1",
        "2027-Q5",
        "2027-H3",
        "2027-W05",
        "2027-W02/2027-W05",
        "27",
        "",
        "2027-Q1 ",
        "٢٠٢٧",
    ],
)
def test_anything_else_is_not_a_period(code: str) -> None:
    with pytest.raises(periods.NotAPeriod, match="Choose a month"):
        periods.parse(code)


@pytest.mark.parametrize("year", range(2024, 2034))
def test_months_nest_in_quarters_halves_and_the_year_without_gap_or_overlap(year: int) -> None:
    for period in periods.of_year(year):
        inside = [one for one in periods.of_year(year) if one.parent == period]
        assert not inside or sum((one.weeks for one in inside), ()) == period.weeks
        assert period.parent is None or period.parent.holds(period)


def test_every_code_reads_back() -> None:
    assert [periods.parse(one.code) for one in periods.of_year(2027)] == list(periods.of_year(2027))
    assert periods.of_month("2027-03").code == "2027-M03"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_lies_in_exactly_one_month_of_weeks(day: date) -> None:
    week = weeks.week_of(day)

    month = weeks.month_of_week(week)

    assert weeks.monday(week) <= day <= weeks.sunday(week)
    assert week in weeks.weeks_of_month(month)
    assert f"{weeks.monday(week) + timedelta(days=3):%Y-%m}" == month


@pytest.mark.parametrize(
    ("code", "before"),
    [("2027", "2026"), ("2027-H1", "2026-H2"), ("2027-Q1", "2026-Q4"), ("2027-M01", "2026-M12")],
)
def test_the_period_before_has_the_same_length_and_ends_where_this_begins(code: str, before: str) -> None:
    found = periods.parse(code)

    assert found.before.code == before
    assert weeks.sunday(found.before.weeks[-1]) + timedelta(days=1) == weeks.monday(found.weeks[0])
