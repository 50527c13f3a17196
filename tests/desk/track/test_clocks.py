"""Clocks of the track: whole days whatever the calendar does, and what the morning does about them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import jobs
from app.core import clock, db
from app.core.clock import COPENHAGEN
from app.desk.track import aloud, board, clocks, links, timeline
from app.desk.track.releases import tasks as releases
from app.publication import track
from app.publication.models import CountedMonth
from app.publication.track import Entry
from tests.desk.accounts.factories import a_user
from tests.desk.moderation.factories import a_response
from tests.desk.track import factories
from tests.desk.track.factories import TODAY

SignIn = Callable[..., FlaskClient]


@pytest.mark.parametrize(
    ("began_on", "today", "days"),
    [
        (date(2027, 3, 27), date(2027, 3, 29), 2),  # an hour is missing in between
        (date(2026, 10, 24), date(2026, 10, 26), 2),  # and here is one too many
        (date(2026, 12, 28), date(2027, 1, 4), 7),  # the week 53 that has both years
        (date(2026, 12, 31), date(2027, 1, 1), 1),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (date(2027, 1, 2), date(2027, 1, 1), 0),
    ],
)
def test_days_are_whole_days(began_on: date, today: date, days: int) -> None:
    assert clocks.days_since(began_on, today) == days
    assert clocks.days_late(began_on, today) == days


def test_the_morning_is_at_seven_in_copenhagen_also_when_the_clock_changes() -> None:
    job = jobs.by_name("clocks")
    assert job

    for day in (date(2026, 10, 24), date(2026, 10, 25), date(2027, 3, 28), date(2026, 12, 31)):
        seven = datetime(day.year, day.month, day.day, 7, tzinfo=COPENHAGEN)
        before = seven - timedelta(days=1) + timedelta(minutes=5)
        assert not job.is_due(before.timestamp(), seven.astimezone(UTC) - timedelta(minutes=1)), day
        assert job.is_due(before.timestamp(), seven.astimezone(UTC)), day


def test_the_morning_shows_a_figure_that_was_published_meanwhile(content: None) -> None:
    clock.clock().set(factories.SUMMER)
    finding = factories.a_finding("signed")
    proposal = factories.a_proposal("submitted", on=finding, ask=f"Hold åbent, for {factories.FIGURE} savner det.")
    before = track.entry(proposal.code)
    factories.a_release()

    _ring()
    after = track.entry(proposal.code)
    shown_on = after.changed_on if after else None
    clock.clock().set(factories.SUMMER + timedelta(days=1))
    _ring()
    same = track.entry(proposal.code)

    assert before is not None
    assert after is not None
    assert same is not None
    assert "2026-Q1 T5" in before.title["da"]
    assert after.title["da"].startswith("Hold åbent, for 41 af 96 svar")
    assert same.changed_on == shown_on, "what reads the same was not changed"


def test_every_clock_says_who_owes_what_and_the_late_one_stands_first(quarter: None, sign_in: SignIn) -> None:
    factories.a_proposal("submitted", sent_on=TODAY - timedelta(days=57))
    factories.a_proposal("accepted")
    factories.an_action("started")
    factories.an_action("dropped")

    running = board.clocks(a_user("council"), TODAY)
    page = sign_in("council").get("/desk/track").text

    assert [(one.kind, one.code, one.days_late(TODAY)) for one in running if one.kind != "decision"] == [
        ("answer", "F1", 1), ("told_back", "A2", 0), ("action", "A1", 0),
    ]  # fmt: skip
    assert {one.kind for one in board.clocks(a_user("staff"), TODAY)} == {"answer", "action"}
    assert "Det er 1 dag for sent." in page
    assert "Helsingør Kommune" in page


def test_a_release_is_owed_a_fortnight_after_its_period_and_later_while_texts_are_unread(content: None) -> None:
    a_response(week="2026-W20")
    db.db.session.commit()
    last_sunday = date(2026, 6, 28)

    owed = {one.code: one.due_on for one in releases.clocks(last_sunday + timedelta(days=1))}
    for month in ("2026-04", "2026-05", "2026-06"):
        db.db.session.add(CountedMonth(month=month, has_themes=True))
    db.db.session.flush()
    read = {one.code: one.due_on for one in releases.clocks(last_sunday + timedelta(days=1))}

    assert owed["2026-M05"] == date(2026, 5, 31) + timedelta(days=14)
    assert (owed["2026-Q2"], read["2026-Q2"]) == (last_sunday + timedelta(days=28), last_sunday + timedelta(days=14))
    assert "2026-M04" not in owed, "nobody was heard in April"
    assert releases.days_late(datetime(2026, 7, 15, 10, tzinfo=UTC))[""] == 31


def test_the_past_is_told_by_month_and_where_we_stand_in_sentences() -> None:
    entries = [
        an_entry("F1", "proposal", "rejected", submitted_on="2027-01-05", recipient_name="Byen",
                 answer={"state": "rejected", "words": "Nej.", "by": "Byen", "on": "2027-02-01"}),
        an_entry("A1", "action", "dropped", owner="Huset", dropped_on="2027-02-03", dropped_because="Pengene slap op"),
        an_entry("R1", "research", "published", kind="none", institution="Et center", asked_on="2027-01-02"),
    ]  # fmt: skip

    months = timeline.months(entries, "da")
    told = {part.heading: part.paragraphs for part in aloud.parts(entries, date(2027, 2, 10), "da")}

    assert [(month, [(one.on.day, one.code) for one in events]) for month, events in months] == [
        (date(2027, 2, 1), [(3, "A1"), (1, "F1")]),
        (date(2027, 1, 1), [(5, "R1"), (5, "F1"), (5, "A1")]),
    ]
    said = " /".join(text for texts in told.values() for text in texts)
    assert re.sub(r"[^/]*(We asked|Byen: |It was)", r"\1", said) == (
        "We asked Et center on 2. januar 2027 and have received nothing. /Byen: Nej. /"
        "It was not done, because: Pengene slap op."
    )


def an_entry(code: str, sort: str, state: str, **parts: Any) -> Entry:
    """A public object of the fifth of January."""
    day = date(2027, 1, 5)
    return Entry(code=code, kind=sort, state=state, first_on=day, changed_on=day, title={"da": code}, parts=parts)


def _ring() -> None:
    job = jobs.by_name("clocks")
    assert job
    jobs.run(job, clock.now())


def test_every_code_leads_somewhere(app: Flask) -> None:
    with app.test_request_context():
        found = [links.to(code) for code in ("U1", "R1", "F1", "B1", "A1", "2026-Q1", "listen_first")]

    assert len(set(found)) == 7
