"""What a visitor finds after the first start, and that a second start leaves it alone."""

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask

from app.core import clock, db, weeks
from app.demo import content, voices
from app.desk.accounts import audit, users
from app.desk.moderation.dealing import counting, dealing, trays
from app.desk.moderation.filters.facets import Facets
from app.desk.track import queries as track
from app.desk.track import states
from app.desk.track.actions import queries as actions
from app.desk.track.phases import queries as phases
from app.desk.track.research import queries as research
from app.publication import published, quotes, releases, told
from app.publication import track as public
from app.publication.track import words
from tests.demo.loading import NOW


def rows(sql: str) -> list[Any]:
    return list(db.connection().exec_driver_sql(sql).all())


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    tables = db.Model.metadata.tables
    return {name: sorted(str(row) for row in rows(f'SELECT * FROM "{name}"')) for name in tables}


def test_a_second_load_changes_nothing(demo: Flask) -> None:
    before = everything()
    db.db.session.rollback()

    content.load(clock.now())

    assert everything() == before


def test_about_420_people_answer_and_more_than_a_third_in_words(demo: Flask) -> None:
    assert 400 <= len(rows("SELECT id FROM response")) <= 440
    assert 150 <= len(rows("SELECT id FROM answer WHERE kind = 'words'")) <= 200


def test_they_answer_in_two_finished_quarters_and_up_to_this_week(demo: Flask) -> None:
    counted = Counter(weeks.month_of_week(week) for (week,) in rows("SELECT week FROM response"))

    assert set(counted) == {f"2026-{month:02}" for month in range(4, 12)}
    assert max(week for (week,) in rows("SELECT week FROM response")) == weeks.week_of(NOW.date())


def test_every_place_and_channel_is_heard(demo: Flask) -> None:
    by_site = Counter(site for (site,) in rows("SELECT site_code FROM response"))

    assert set(by_site) == {"GH1", "GH2", "GH3", "MUE1", "MUE2", "SIR1", "SIR2"}
    assert by_site.most_common(1)[0][0] == "GH1"
    assert {channel for (channel,) in rows("SELECT channel FROM response")} == {"sms", "web", "kiosk"}


def test_nobody_is_asked_where_it_was_not_safe_who_felt_safe(demo: Flask) -> None:
    asked = {bytes(one) for (one,) in rows("SELECT response_id FROM answer WHERE question = 'where'")}
    felt_safe = rows("SELECT response_id FROM answer WHERE question = 'safe' AND value = 'yes'")

    assert asked
    assert asked.isdisjoint(bytes(one) for (one,) in felt_safe)


def test_a_queue_waits_with_the_urgent_one_first(demo: Flask) -> None:
    mona = users.named("mona")

    waiting = dealing.texts(trays.tray("waiting"), Facets(), mona, None)

    assert int(counting.left(mona)) >= 12
    assert [text.is_urgent for text in waiting] == [True] + [False] * dealing.PAGE


def test_what_could_name_somebody_is_hidden_in_every_statement(demo: Flask) -> None:
    stored = " ".join(text for (text,) in rows("SELECT text FROM statement"))

    assert {"[navn]", "[telefon]", "[nummerplade]", "[CPR]", "[ansat]"} <= set(re.findall(r"\[\w+\]", stored))
    assert not re.search(r"Sanne|Mogensen|skægget|\d{4}", stored)


def test_every_statement_has_a_theme_and_two_people_have_read(demo: Flask) -> None:
    untagged = rows("SELECT id FROM statement WHERE id NOT IN (SELECT statement_id FROM tagging)")
    readers = rows("SELECT DISTINCT approved_by FROM statement")

    assert untagged == []
    assert {bytes(one) for (one,) in readers} == {users.named(name).id for name in ("mona", "malik")}


def test_both_quarters_are_out_and_nothing_is_hurried(demo: Flask) -> None:
    out = published.published()

    assert [one.id for one in out] == ["2026-Q3", "2026-Q2"]
    assert not any(one.is_early for one in out)
    assert list(releases.faults()) == []


def test_the_audit_trail_is_whole(demo: Flask) -> None:
    assert list(audit.faults()) == []


def test_the_story_has_come_as_far_as_promised(demo: Flask) -> None:
    findings = {one.code: one.state for one in track.findings(states.FINDING)}
    proposals = {one.code: one.state for one in track.proposals(states.PROPOSAL)}
    decisions = {one.code: one.state for one in track.decisions(states.DECISION)}
    researched = {one.code: (one.kind, one.state) for one in research.all_in(states.RESEARCH)}
    done = {one.code: one.state for one in actions.all_in(states.ACTION)}

    assert findings == {"U1": "published", "U2": "signed", "U3": "with_peers", "U4": "draft"}
    assert researched == {"R1": ("interim", "published"), "R2": ("none", "published")}
    assert proposals == {"F1": "partly_accepted", "F2": "submitted"}
    assert decisions == {"B1": "published", "B2": "published"}
    assert done == {"A1": "done", "A2": "started", "A3": "dropped"}
    assert {item.code: item.outcome for item in told.live()} == {"B1": "did", "B2": "did_not", "A1": "did"}


def test_the_phase_above_the_published_decisions_is_decided_and_nothing_of_it_is_late(demo: Flask) -> None:
    first = phases.phase("listen_first")
    assert first is not None

    assert (first.state, first.decided_on) == (
        "decided",
        max(one.decided_on for one in track.decisions(("published",))),
    )
    late = {entry.code: words.late(entry, NOW.date(), "da") for entry in public.entries("phase")}
    assert late["listen_first"] == []
    assert not any(late.values())


def test_one_quote_was_let_out_by_two_people(demo: Flask) -> None:
    quoted = quotes.released()

    assert [(one.theme, one.kind) for one in quoted] == [("ADG", "verbatim")]
    assert quoted[0].text in voices.by_text()


@pytest.mark.parametrize("part", ["before", "last", "running"])
def test_what_is_read_says_how(part: str) -> None:
    assert [voice.text for voice in voices.by_part()[part] if not voice.is_read] == []


def test_one_text_is_with_safeguarding_and_one_quote_waits_for_its_second_signature(demo: Flask) -> None:
    assert rows("SELECT step, concern FROM safeguarding_case") == [("raised", "drugs")]
    assert rows("SELECT theme FROM quote WHERE state = 'first_signed'") == [("MOD",)]
