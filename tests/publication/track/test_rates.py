"""The change rate: of the findings, how many have led to what, counted once each half-year."""

from datetime import date

import pytest
from flask import Flask

from app.core import db
from app.publication import track
from app.publication.track import rates
from app.publication.track.rates import Rate
from tests.publication.track import factories

PUBLIC = [
    factories.entry("U1"),
    factories.entry("U2"),
    factories.entry("U3"),
    factories.entry("U4"),
    factories.entry("F1", ("stands_on", "U1"), ("stands_on", "U2"), state="accepted"),
    factories.entry("F2", ("stands_on", "U3"), state="evaluating"),
    factories.entry("B1", ("answers", "F1"), ("considered", "U4"), ("set_aside", "U3")),
    factories.entry("A1", ("carries_out", "B1"), state="done"),
    factories.entry("A2", ("carries_out", "B1"), state="dropped"),
]


def test_a_finding_counts_once_for_each_thing_it_led_to() -> None:
    assert rates.count(PUBLIC) == Rate(findings=4, proposal=3, answer=2, decision=2, started=2, finished=2, not_done=2)
    assert rates.count(PUBLIC[:4]) == Rate(4, 0, 0, 0, 0, 0, 0)


def test_a_decision_told_as_not_done_counts_as_such() -> None:
    assert rates.count(PUBLIC[:7]).not_done == 0
    assert rates.count(PUBLIC[:7], {"B1"}).not_done == 2


@pytest.mark.parametrize(
    ("today", "half"),
    [
        (date(2027, 6, 28), "2027-H1"),
        (date(2027, 6, 27), "2026-H2"),
        (date(2027, 1, 4), "2026-H2"),
        (date(2027, 1, 3), "2026-H1"),
    ],
)
def test_a_half_year_is_over_the_day_after_its_last_sunday(today: date, half: str) -> None:
    assert rates.last_half(today).code == half


def test_a_half_year_is_counted_once_and_never_again(app: Flask) -> None:
    track.show(factories.entry("U9", day=date(2027, 7, 1)))
    assert rates.keep(date(2027, 7, 5)) is None
    track.show(PUBLIC[0])
    rates.keep(date(2027, 7, 5))
    track.show(PUBLIC[1])
    rates.keep(date(2027, 8, 1))
    db.db.session.commit()

    assert [(kept.period, rate.findings) for kept, rate in rates.published()] == [("2027-H1", 1)]
    rates.keep(date(2028, 1, 10))
    assert [(kept.period, rate.findings) for kept, rate in rates.published()] == [("2027-H2", 3), ("2027-H1", 1)]
