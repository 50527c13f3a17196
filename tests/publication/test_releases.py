"""Publishing: what is refused, what is frozen, and that nothing moves afterwards."""

import json
from collections.abc import Collection
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core import clock as clocks
from app.core import db
from app.publication import catalogue, frozen, periods, printing, published, releases, signing, tallies, tree
from app.publication.case import Rules
from app.publication.models import Release
from app.publication.periods import NotAPeriod, Period, TooEarly
from app.publication.signing import NotPublishable
from app.publication.tallies import NotCountable
from app.publication.verification import pinned
from tests.publication import factories
from tests.publication.factories import LATER, QUARTER, Archive
from tests.publication.telling import tell


def stored() -> dict[tuple[str, str, str], bytes]:
    """Every stored byte of the first quarter."""
    asked = text("SELECT format, part, lang, content FROM rendering WHERE release_id = '2026-Q1'")
    rows = db.connection().execute(asked).all()
    return {(one, part, lang): bytes(content) for one, part, lang, content in rows}


def test_a_published_quarter_hides_what_is_small(release: Release) -> None:
    values = [cell.value for cell in published.cells(release.id)]

    assert None in values
    assert min(value for value in values if value is not None) >= 5


def test_a_published_quarter_shows_what_is_large(release: Release) -> None:
    answers = {cell.place: cell.value for cell in published.cells(release.id) if cell.table == "T1"}

    assert answers["DK"] == sum(factories.SITES.values())
    assert answers["MUE2"] is None


@pytest.mark.requirement("R6")
def test_no_reader_of_the_printed_file_can_pin_a_group_down(release: Release) -> None:
    document = json.loads(stored()["json", "", ""])
    year = catalogue.of_year(2026)
    dimensions = year.dimensions(tree.of_year(2026))
    shown = {dimensions.cell(one["dims"]): one["value"] for one in document["cells"] if one["value"] is not None}

    assert len(shown) > 20
    assert pinned(Rules(5, 10), dimensions, shown, tallies.counts(QUARTER)) == []


@pytest.mark.requirement("R7")
def test_withdrawals_and_late_answers_change_no_printed_byte(archive: Archive, release: Release) -> None:
    before = stored()

    archive.withdraw(archive.voices[:20])
    archive.add(factories.crowd(seed=2, sites={"GH1": 9}))
    db.db.session.commit()
    factories.freeze(archive, Period(2026, "Q", 2), today=LATER.replace(month=9))

    assert stored() == before


def test_the_next_quarter_is_published_on_top_of_the_first(archive: Archive, release: Release) -> None:
    second = Period(2026, "Q", 2)
    archive.add(factories.crowd(seed=3, period=second))
    db.db.session.commit()
    factories.freeze(archive, second, today=LATER.replace(month=9))

    follower = factories.publish(second, LATER.replace(month=9))

    assert [one.id for one in published.everything()] == ["2026-Q2-text", "2026-Q2", "2026-Q1-text", "2026-Q1"]
    assert follower.previous_hash == published.everything()[2].hash
    assert list(releases.faults()) == []


@pytest.mark.one_database
def test_months_and_their_quarter_agree_with_each_other(archive: Archive) -> None:
    for month in QUARTER.months:
        factories.publish(periods.of_month(month))

    factories.publish()

    printed = {cell.period: cell.value for one in published.published() for cell in published.cells(one.id)
               if cell.table == "T1" and cell.place == "DK"}  # fmt: skip
    assert printed["2026-Q1"] == sum(printed[periods.of_month(month).code] or 0 for month in QUARTER.months)


def test_what_is_out_is_not_published_again(release: Release) -> None:
    with pytest.raises(NotPublishable, match="2026-Q1"):
        factories.publish()


def test_one_person_cannot_sign_twice(archive: Archive) -> None:
    with pytest.raises(NotPublishable):
        releases.publish("2026-Q1", LATER, "carl", "carl")


def test_a_period_must_have_rested_for_fourteen_days(archive: Archive) -> None:
    first_day = QUARTER.may_be_published_on()
    db.db.session.rollback()

    with pytest.raises(TooEarly):
        releases.publish("2026-Q1", first_day - timedelta(days=1), "carl", "mona")
    assert releases.publish("2026-Q1", first_day, "carl", "mona").published_on == first_day


def test_a_period_outside_the_calendar_is_refused(archive: Archive) -> None:
    db.db.session.rollback()

    for code in ("2026-W10", "2026-Q5", "2026-M1", "2026-Q1..Q2"):
        with pytest.raises(NotAPeriod):
            releases.publish(code, LATER, "carl", "mona")


def test_a_period_that_is_not_counted_is_refused(app: Flask, content: None) -> None:
    with pytest.raises(NotCountable):
        factories.publish()


def test_deciding_begins_a_transaction_of_its_own(archive: Archive) -> None:
    db.connection()

    with pytest.raises(RuntimeError, match="commit or roll back"):
        releases.publish("2026-Q1", LATER, "carl", "mona")


def test_a_preview_stores_nothing(archive: Archive) -> None:
    shown = releases.preview("2026-Q1", LATER)

    assert 0.2 < shown.share_shown < 1
    assert any("–" in line for line in shown.lines())
    assert published.published() == []


def test_two_signatures_make_the_job_publish(archive: Archive) -> None:
    clocks.clock().set(clocks.now().replace(month=6))
    signing.sign("2026-Q1", by="carl", role="council", today=LATER)
    signing.sign("2026-Q1", by="mona", role="moderator", today=LATER)
    db.db.session.commit()

    releases.publish_signed(clocks.now())

    assert [one.id for one in published.published()] == ["2026-Q1"]


def test_an_analyst_signs_nothing(app: Flask) -> None:
    with pytest.raises(NotPublishable):
        signing.sign("2026-Q1", by="ane", role="analyst", today=LATER)


def test_one_signature_publishes_nothing(archive: Archive) -> None:
    signing.sign("2026-Q1", by="carl", role="council", today=LATER)
    db.db.session.commit()

    releases.publish_signed(clocks.now())

    assert published.published() == []


def test_a_signed_release_that_cannot_be_published_says_why(app: Flask, content: None) -> None:
    for who, role in (("carl", "council"), ("mona", "moderator")):
        signing.sign("2026-Q1", by=who, role=role, today=LATER)
    db.db.session.commit()

    releases.publish_signed(clocks.now().replace(month=6))
    db.db.session.commit()

    failed = db.connection().execute(text("SELECT state, fault FROM release")).one()
    assert failed[0] == "failed"
    assert "2026-Q1" in failed[1]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cell SET value = 40",
        "UPDATE cell SET value = NULL",
        "DELETE FROM cell",
        "INSERT INTO cell VALUES ('2026-Q1', 'T1', 'GH9', '2026-Q1', '', '', 999, 40)",
        "UPDATE release SET hash = 'sha256:0'",
        "UPDATE release SET state = 'ready'",
        "DELETE FROM release",
        "DELETE FROM rendering",
        "UPDATE rendering SET sha256 = sha256 WHERE format = 'json'",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_published(release: Release, change: str) -> None:
    with pytest.raises(DatabaseError):
        db.connection().execute(text(change))


def test_nothing_takes_the_place_of_a_frozen_row(release: Release) -> None:
    if not db.is_sqlite():
        return  # PostgreSQL has no INSERT OR REPLACE, and its ON CONFLICT is an update
    for frozen_row in ("release", "rendering WHERE format = 'json'", "cell"):
        with pytest.raises(DatabaseError, match="a published release never changes"):
            db.connection().execute(text(f"INSERT OR REPLACE INTO {frozen_row.split()[0]} SELECT * FROM {frozen_row}"))


@pytest.mark.parametrize("value", ["4", "0", "-1"])
def test_the_database_takes_no_small_figure(archive: Archive, value: str) -> None:
    db.connection().execute(text("INSERT INTO release (id, catalogue, period, state, is_early, fault) "
                                 "VALUES ('x', '2026', '2026-Q1', 'ready', false, '')"))  # fmt: skip

    with pytest.raises(DatabaseError):
        db.connection().execute(text(f"INSERT INTO cell VALUES ('x', 'T1', 'DK', '2026-Q1', '', '', 0, {value})"))


def test_verify_names_the_release_whose_bytes_were_touched(release: Release) -> None:
    touch = text("UPDATE rendering SET content = :new WHERE format = 'csv' AND release_id = '2026-Q1'")
    db.connection().execute(touch, {"new": b"1"})

    assert list(releases.faults()) == ["release 2026-Q1: the bytes of csv have changed"]


def test_verify_names_a_release_whose_document_was_forged(release: Release) -> None:
    _lift_triggers()
    content = stored()["json", "", ""].replace(b'"value": 178', b'"value": 179')
    db.connection().execute(text("UPDATE rendering SET content = :new WHERE format = 'json'"), {"new": content})

    faults = list(releases.faults())

    assert "release 2026-Q1: the hash is not that of the document" in faults
    assert "release 2026-Q1: the figures are not those of the document" in faults


def test_pages_are_printed_again_from_the_same_figures(release: Release) -> None:
    before = stored()

    assert printing.rerender_all() == []
    assert stored() == before


def test_the_same_counts_give_the_same_figures_whatever_their_order(archive: Archive) -> None:
    first = releases.preview("2026-Q1", LATER)
    second = releases.preview("2026-Q1", LATER)

    assert first.document(date(2026, 6, 1)) == second.document(date(2026, 6, 1))


def _lift_triggers() -> None:
    """As somebody with the whole database in their hands would."""
    drop = frozen.SQLITE_DROP if db.is_sqlite() else frozen.POSTGRESQL_DROP
    for statement in drop:
        db.connection().exec_driver_sql(statement)


def test_what_is_told_later_comes_to_the_page_and_changes_no_figure(release: Release) -> None:
    before, was = stored(), release.hash
    tell("B1", on=date(2026, 6, 2))

    assert printing.rerender_all() == ["2026-Q1"]
    db.db.session.commit()

    after = stored()
    assert "Nu er der åbent.".encode() in after["html", "", "da"]
    assert {key: after[key] for key in after if key[0] != "html"} == {
        key: before[key] for key in before if key[0] != "html"
    }
    assert (published.published()[0].hash, list(releases.faults())) == (was, [])


def test_how_the_texts_of_a_quarter_were_dealt_with_comes_out_with_it(app: Flask, content: None) -> None:
    outcomes = {"approved": 80, "spam": 6, "hate": 2, "waiting": 12}
    archive = Archive(factories.crowd(sites={"GH1": 30}))

    def texts(weeks: Collection[str]) -> dict[str, int]:
        return outcomes if "2026-W02" in weeks else {}

    factories.freeze(archive, texts=texts)
    factories.publish()

    stored = published.rendering("2026-Q1-text", "json")
    assert stored
    document = json.loads(stored.content)
    cells = {one["dims"].get("outcome"): one["value"] for one in document["cells"]}
    assert (document["catalogue"], document["previous"], document["k"]) == ("2026-texts", "2026-Q1", 5)
    assert (cells[None], cells["waiting"], cells["hate"]) == (100, 12, None)
    assert not [name for name in ("GH1", "K-") if name in stored.content.decode()]
    page = published.rendering("2026-Q1", "html", lang="en")
    assert page
    assert "12 % of the texts from this time were not read" in page.content.decode()
    assert [one.id for one in published.published()] == ["2026-Q1"]
    assert [one.id for one in published.everything()] == ["2026-Q1-text", "2026-Q1"]
    assert list(releases.faults()) == []
    assert not printing.rerender_all()
