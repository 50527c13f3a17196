"""Voices for the tallies, and statements for the track."""

from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from app.core import db
from app.desk.moderation import statements, tagging, voices
from app.publication import catalogue
from app.publication.tallies import Voice, _category, _said, _spoken_of
from app.surveys import responses
from app.surveys.responses import Setting
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import WEEK, a_moderator, a_response


def all_of(*weeks: str) -> list[Voice]:
    return list(voices.voices(weeks or (WEEK,)))


def test_a_rating_is_counted_by_its_measure_whatever_the_question_is_called(content: None) -> None:
    a_response(values={"today": "5", "safe": "partly", "respect": "no"})
    a_response(values={"last_time": "1", "respect": "yes"}, survey_id="sms_core", channel="sms")

    found = sorted(all_of(), key=lambda voice: voice.channel)

    assert [(v.channel, v.rating, v.safe, v.respect) for v in found] == [
        ("sms", "bad", None, "yes"),
        ("web", "good", "partly", "no"),
    ]


@pytest.mark.parametrize(
    ("value", "group"), [("1", "bad"), ("2", "bad"), ("3", "mid"), ("4", "good"), ("5", "good"), ("unknown", None)]
)
def test_five_faces_are_three_groups_and_do_not_know_is_none(content: None, value: str, group: str | None) -> None:
    a_response(values={"today": value})

    assert [voice.rating for voice in all_of()] == [group]


def test_what_is_most_important_is_counted_among_all_who_were_asked(content: None) -> None:
    a_response(values={"first": "bed,home", "keep": "other"}, survey_id="track_core")
    a_response(survey_id="track_core")
    a_response(values={"today": "4"})

    found = sorted((dict(voice.chosen) for voice in all_of()), key=lambda one: (len(one), len(one.get("first", ()))))

    assert found == [
        {},
        {"first": {"asked"}, "keep": {"asked"}},
        {"first": {"asked", "bed", "home"}, "keep": {"asked", "other"}},
    ]


def test_what_the_reform_promised_is_counted_under_the_variables_of_its_tables(content: None) -> None:
    said = {"bridge": "partly", "told_again": "yes", "refused_home": "declined", "own_life": "no"}
    about = {"zone": "periphery", "age": "30_39", "sex": "woman", "nights": "yes"}
    a_response(values=said | about, survey_id="reform_core", version=2)

    voice = all_of()[0]

    counted = {name: _category(catalogue.of_year(2026), voice, name) for name in (*said, "zone", "age", "sex")}
    assert counted == said | {"refused_home": "none", "zone": "periphery", "age": "30_39", "sex": "woman"}
    assert voice.more["nights_outside"] == "yes"


def test_what_is_said_at_a_mobile_unit_reaches_every_pair_that_is_crossed_there(content: None) -> None:
    factories.the_codebook()
    values = {"zone": "periphery", "today": "1", "bridge": "no", "told_again": "yes", "refused_home": "yes"}
    a_response("Bussen kom ikke", values=values, survey_id="reform_core", version=2, site_code="MUE1")
    said, year = all_of()[0], catalogue.of_year(2026)
    voice = replace(said, themes=frozenset({"MOB.KOM", "KOM.RUN"}))

    pairs = {frozenset(zip(names.split("|"), categories.split("|"), strict=True))
             for names, categories in (*_said(year, voice), *_spoken_of(year, voice)) if "|" in names}  # fmt: skip

    there = {"rating": "bad", "bridge": "no", "told_again": "yes", "refused_home": "yes"}
    assert pairs >= {frozenset({("zone", "periphery"), pair}) for pair in there.items()}
    assert pairs >= {frozenset({("zone", "periphery"), ("theme", theme)}) for theme in ("MOB", "KOM.RUN")}


def test_what_has_not_left_its_batch_is_not_counted_nor_is_a_trial(content: None) -> None:
    responses.begin(Setting(channel="web", lang="da", week=WEEK, site_code="GH1", survey_id="five_tap", version=1))
    db.db.session.commit()
    assert all_of() == []

    a_response(values={"today": "4"}, is_test=True)

    assert len(all_of()) == 1  # the first, let out with the trial


def test_a_voice_carries_the_codes_of_all_its_texts(content: None) -> None:
    factories.the_codebook()
    response_id = a_response("Køen er lang", "Badet er koldt", values={"today": "2"})
    first, second = factories.texts_of(response_id)
    reader = a_moderator()
    factories.approve(first, reader, "ADG.KOE", type_="KRITIK")
    factories.approve(second, reader, "BAS.HYG", "INTET")

    (voice,) = all_of()

    assert voice.themes == {"ADG.KOE", "BAS.HYG"}
    assert voice.types == {"KRITIK"}
    assert voice.response_id == response_id


def test_the_agreed_round_counts_in_place_of_the_first(content: None) -> None:
    factories.the_codebook()
    response_id = a_response("Køen er lang")
    reader = a_moderator()
    factories.approve(factories.text_of(response_id), reader, "ADG.KOE")
    db.connection().exec_driver_sql(
        "INSERT INTO tagging (statement_id, code_guid, coder, round, source, codebook_version) "
        "SELECT s.id, c.guid, t.coder, 'agreed', 'manual', 1 FROM statement s, code c, tagging t WHERE c.key = 'MOD'"
    )

    assert [voice.themes for voice in all_of()] == [frozenset({"MOD"})]


def test_only_the_weeks_asked_for_are_counted(content: None) -> None:
    a_response(values={"today": "4"}, week="2026-W09")

    assert all_of("2026-W10") == []
    assert len(all_of("2026-W09", "2026-W10")) == 1


def test_what_belongs_to_no_place_is_not_counted(content: None) -> None:
    a_response("Flere senge", site_code=None)

    assert all_of() == []


def test_the_track_finds_statements_by_theme_and_period(content: None) -> None:
    factories.the_codebook()
    reader = a_moderator()
    text_id = factories.a_text("Køen er lang", week="2026-W09")
    factories.approve(text_id, reader, "ADG.KOE")
    factories.approve(factories.a_text("Maden er god"), reader, "BAS.MAD")

    (heard,) = statements.on("ADG", ["2026-W09", "2026-W10"], reader)

    assert (heard.text, heard.week, heard.codes) == ("Køen er lang", "2026-W09", ("ADG.KOE",))
    assert statements.on("ADG.KOE", ["2026-W09"], reader) == [heard]
    assert statements.on("ADG", ["2026-W10"], reader) == []
    assert statements.count_voices("ADG", ["2026-W09"], reader) == 1


@pytest.mark.requirement("R8")
def test_the_track_reads_nothing_behind_the_wall(content: None) -> None:
    factories.the_codebook()
    factories.approve(factories.a_text(site_code="GH1"), a_moderator(), "ADG.KOE")

    tied = a_moderator("GH1")

    assert statements.on("ADG", [WEEK], tied) == []
    assert statements.count_voices("ADG", [WEEK], tied) == 0


def test_taking_a_code_off_takes_the_voice_out(content: None) -> None:
    factories.the_codebook()
    reader = a_moderator()
    response_id = a_response("Køen er lang")
    factories.approve(factories.text_of(response_id), reader, "ADG.KOE")
    statement_id = bytes(db.connection().exec_driver_sql("SELECT id FROM statement").scalar_one())

    tagging.untag(statement_id, "ADG.KOE")

    assert [voice.themes for voice in all_of()] == [frozenset()]


def test_two_texts_of_one_response_approved_at_once_are_one_voice(app: Flask, content: None) -> None:
    factories.the_codebook()
    texts = factories.texts_of(factories.a_response("Maden er god", "Badet er koldt"))
    desks = [(accounts.browser_of(app, factories.a_moderator()), text_id) for text_id in texts]

    answers = factories.at_once(
        app, *(partial(factories.post, client, text_id, "approve", **factories.yes()) for client, text_id in desks)
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    assert factories.rows("SELECT count(*), count(DISTINCT voice) FROM statement") == [(2, 1)]


def test_a_text_has_one_type_also_when_two_people_set_one_at_once(app: Flask, content: None) -> None:
    factories.the_codebook()
    text_id = factories.a_text()
    factories.approve(text_id, factories.a_moderator(), "MOD")
    desks = [(accounts.browser_of(app, factories.a_moderator()), key) for key in ("ROS", "KRITIK")]

    answers = factories.at_once(
        app, *(partial(factories.post, client, text_id, "tag", code=key, set="on") for client, key in desks)
    )

    assert [answer.status_code for answer in answers] == [303, 303]
    types = "SELECT count(*) FROM tagging JOIN code ON guid = code_guid WHERE kind = 'type'"
    assert factories.rows(types) == [(1,)]
