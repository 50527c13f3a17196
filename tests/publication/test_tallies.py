"""Counting: each response once, late ones later, and nothing taken back."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

import pytest
from flask import Flask

from app.core import db
from app.publication import catalogue, periods, published, tallies, text_tallies, tree
from app.publication.dimensions import Cell
from app.publication.models import Release
from app.publication.periods import Period, TooEarly
from app.publication.tallies import NotCountable, Voice
from tests.publication import factories
from tests.publication.factories import LATER, QUARTER, Archive, voice


@pytest.fixture
def edition() -> Release:
    """The edition of 2026, without a page to it."""
    factories.freeze(Archive([voice()]))
    release = Release(
        id="2026", catalogue="2026", period="2026", state="published", number=1, published_on=date(2027, 2, 1),
        signed_first="carl", signed_second="mona", previous_hash="sha256:0", hash="sha256:1",
    )  # fmt: skip
    db.db.session.add(release)
    db.db.session.flush()
    return release


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
        tallies.freeze(
            "2026-Q1", Archive(), factories.nothing_written, today=QUARTER.may_be_published_on().replace(day=11)
        )


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


def test_small_numbers_are_destroyed_ninety_days_after_the_edition_of_the_year(
    app: Flask, content: None, edition: Release
) -> None:
    assert edition.published_on
    last_day = edition.published_on + timedelta(days=90)
    assert tallies.destroy_due(last_day - timedelta(days=1)) == 0

    assert tallies.destroy_due(last_day) > 0

    assert db.connection().exec_driver_sql("SELECT count(*) FROM tally").scalar() == 0
    with pytest.raises(NotCountable, match=QUARTER.code):
        tallies.counts(QUARTER)


def test_themes_wait_until_95_of_100_texts_are_read_or_28_days_are_over(app: Flask, content: None) -> None:
    archive, twenty_eighth = Archive([voice(themes=frozenset({"TRY"}))]), date(2026, 4, 26)
    assert text_tallies.latest(QUARTER) == twenty_eighth

    def some_unread(weeks: Collection[str]) -> dict[str, int]:
        return {"approved": 93, "spam": 1, "waiting": 6} if "2026-W02" in weeks else {}

    factories.freeze(archive, today=twenty_eighth - timedelta(days=1), texts=some_unread)
    with pytest.raises(NotCountable, match="2026-04-26"):
        tallies.counts(QUARTER)
    factories.freeze(archive, today=twenty_eighth, texts=some_unread)

    assert counted("DK", theme="TRY") == 1
    told = tallies.read("2026-texts")
    assert told.of({"place": "DK", "period": "2026-M01"}, []) == 100


def test_five_unread_texts_of_a_hundred_hold_nothing_up(app: Flask, content: None) -> None:
    standing = {"2026-01": {"approved": 95, "waiting": 5}}

    assert text_tallies.is_time(QUARTER, standing, date(2026, 4, 12))
    assert not text_tallies.is_time(QUARTER, {"2026-01": {"approved": 94, "waiting": 6}}, date(2026, 4, 12))


def test_what_is_due_is_the_newest_month_and_every_quarter_that_is_over(app: Flask, content: None) -> None:
    assert list(tallies.due(date(2026, 4, 14))) == ["2026-M03", "2026-Q1"]

    factories.freeze(Archive([voice()]))

    assert list(tallies.due(date(2026, 4, 14))) == []


def test_four_answers_in_five_are_drawn_when_they_are_counted_and_never_again(app: Flask, content: None) -> None:
    sides = iter([0, 1, 2, 3, 4] * 2)
    app.extensions["dice"] = lambda _sides: next(sides)
    archive = Archive([voice() for _ in range(10)])

    factories.freeze(archive)
    factories.freeze(archive)

    drawn = db.connection().exec_driver_sql("SELECT count(*) FROM response WHERE is_in_sample").scalar()
    assert drawn == 8
    assert next(sides, None) is None


def test_a_language_without_a_name_of_its_own_counts_as_another(app: Flask, content: None) -> None:
    factories.freeze(Archive([voice(lang="de")]))

    assert counted("DK", language="other") == 1


def test_a_voice_says_nothing_of_who_or_when() -> None:
    assert not {"time", "date", "number", "name"} & set(Voice.__dataclass_fields__)


def test_counting_again_and_reading_live_are_caught_by_a_withdrawal(archive: Archive, release: Release) -> None:
    def summed(period: Period) -> int:
        return counted("DK", period)

    def recounted(period: Period) -> int:
        return sum(1 for one in archive.voices if one.week in period.weeks)

    def stored(period: Period) -> object:
        return published.rendering(period.code, "json")

    readers: list[Callable[[Period], object]] = [summed, stored, recounted]
    before = [read(QUARTER) for read in readers]

    archive.withdraw(archive.voices[:3])
    db.db.session.commit()

    assert [read(QUARTER) == then for read, then in zip(readers, before, strict=True)] == [True, True, False]
