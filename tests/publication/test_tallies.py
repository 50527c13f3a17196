"""Counting: each response once, late ones later, and nothing taken back."""

import pytest
from flask import Flask

from app.core import db
from app.publication import catalogue, periods, tallies, tree
from app.publication.dimensions import Cell
from app.publication.periods import Period, TooEarly
from app.publication.tallies import NotCountable, Voice
from tests.publication import factories
from tests.publication.factories import LATER, QUARTER, Archive, voice


def counted(place: str, period: Period = QUARTER, **said: str) -> int:
    """How many the tallies hold, for one cell."""
    found = tallies.counts(period)
    year = catalogue.of_year(period.year)
    dimensions = year.dimensions(tree.of_year(period.year))
    return tallies.figure(found, dimensions, Cell.at({"place": place, "period": period.code, **said}))


def test_everybody_is_counted_once_at_their_place(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice("GH1"), voice("GH1"), voice("SIR1")]))

    assert counted("GH1") == 2
    assert counted("DK") == 3


def test_a_second_freeze_counts_nobody_again(app: Flask, content: None) -> None:
    archive = Archive([voice("GH1")])
    factories.freeze(archive)

    factories.freeze(archive)

    assert counted("GH1") == 1


def test_who_did_not_answer_a_question_counts_as_no_answer(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice(rating="good"), voice(rating=None)]))

    assert counted("GH1", rating="good") == counted("GH1", rating="answered") == 1
    assert counted("GH1", rating="none") == 1


def test_a_theme_counts_once_a_response_and_holds_its_sub_themes(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice(themes=frozenset({"ADG.AAB", "ADG.KOE"})), voice()]))

    assert counted("GH1", theme="ADG") == 1
    assert counted("GH1", theme="ADG.AAB") == 1
    assert counted("GH1", theme="TRY") == 0


def test_a_late_answer_counts_in_the_first_open_month(app: Flask, content: None) -> None:
    archive = Archive([voice(week="2026-W02")])
    factories.freeze(archive, periods.parse("2026-M01"))
    archive.add([voice(week="2026-W03")])

    factories.freeze(archive, periods.parse("2026-M02"))

    assert counted("GH1", periods.parse("2026-M01")) == 1
    assert counted("GH1", periods.parse("2026-M02")) == 1


def test_an_answer_of_an_open_month_counts_in_its_own(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice(week="2026-W02"), voice(week="2026-W10")]))

    assert counted("GH1", periods.parse("2026-M01")) == 1
    assert counted("GH1", periods.parse("2026-M03")) == 1


def test_answers_of_a_later_month_wait(app: Flask, content: None) -> None:
    archive = Archive([voice(week="2026-W02"), voice(week="2026-W10")])

    factories.freeze(archive, periods.parse("2026-M01"))

    assert sorted(factories.counted_months().values(), key=str) == ["2026-01", None]


def test_a_withdrawal_changes_no_tally(app: Flask, content: None) -> None:
    archive = Archive([voice("GH1"), voice("GH1")])
    factories.freeze(archive)

    archive.withdraw(archive.voices[:1])
    db.db.session.commit()
    factories.freeze(archive)

    assert counted("GH1") == 2


def test_a_quarter_is_the_sum_of_its_months(app: Flask, content: None) -> None:
    factories.freeze(Archive(factories.crowd()))

    months = [counted("DK", periods.of_month(month), rating="good") for month in QUARTER.months]
    assert counted("DK", rating="good") == sum(months) > 0


def test_a_late_answer_brings_its_themes_to_the_month_it_counts_in(app: Flask, content: None) -> None:
    archive = Archive([voice(week="2026-W02")])
    factories.freeze(archive)
    archive.add([voice(week="2026-W03", themes=frozenset({"TRY"}))])

    factories.freeze(archive, Period(2026, "Q", 2), today=LATER.replace(month=9))

    assert counted("GH1", theme="TRY") == 0
    assert counted("GH1", Period(2026, "Q", 2), theme="TRY") == 1


def test_a_month_that_has_not_rested_is_not_counted(app: Flask, content: None) -> None:
    with pytest.raises(TooEarly):
        tallies.freeze("2026-Q1", Archive(), today=QUARTER.may_be_published_on().replace(day=11))


def test_a_period_that_is_not_counted_has_no_counts(app: Flask, content: None) -> None:
    with pytest.raises(NotCountable):
        tallies.counts(QUARTER)


def test_a_quarter_waits_for_its_themes(app: Flask, content: None) -> None:
    archive = Archive([voice()])
    for month in QUARTER.months:
        factories.freeze(archive, periods.of_month(month))

    with pytest.raises(NotCountable):
        tallies.counts(QUARTER)


def test_crossed_answers_are_counted_in_pairs(app: Flask, content: None) -> None:
    said = {"zone": "periphery"}
    factories.freeze(Archive([voice("MUE1", rating="bad"), voice("MUE1", rating="bad", more=said)]))

    assert counted("MUE1", zone="periphery", rating="bad") == 1
    assert counted("MUE1", zone="none", rating="bad") == 1


def test_small_numbers_are_forgotten_after_the_year(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice()]))

    assert tallies.destroy(2026) > 0
    assert counted("GH1") == 0


def test_a_language_without_a_name_of_its_own_counts_as_another(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice(lang="de")]))

    assert counted("DK", language="other") == 1


def test_a_voice_says_nothing_of_who_or_when() -> None:
    assert not {"time", "date", "number", "name"} & set(Voice.__dataclass_fields__)
