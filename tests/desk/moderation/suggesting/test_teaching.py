"""When a model is taught, from what, and what the desk says of it."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core import clock, db
from app.desk.moderation.models import Statement, TextItem
from app.desk.moderation.suggesting import measuring, queries, showing, teaching
from app.desk.moderation.suggesting.models import SuggestionShown
from tests.desk.moderation import factories
from tests.desk.moderation.factories import WEEK, a_moderator, a_text, approve, rows


@pytest.fixture(autouse=True)
def codebook(content: None) -> None:
    factories.the_codebook()


def a_statement(said: str = "Der er for lang kø", *codes: str, is_blind: bool = False, **about: str) -> bytes:
    text_id = a_text(said, **about)
    approve(text_id, a_moderator(), *(codes or ("ADG.KOE",)))
    drawing = update(TextItem).where(TextItem.answer_id == text_id)
    db.connection().execute(drawing.values(second_due=is_blind))
    db.db.session.commit()
    return text_id


def test_a_lesson_is_due_first_every_morning_and_after_enough_new_voices() -> None:
    teacher, now = teaching.Teacher(), clock.now()

    assert teacher.teach(now)
    assert not teacher.is_due(now, teaching.NEWLY - 1)
    assert teacher.is_due(now, teaching.NEWLY)
    assert not teacher.is_due(now.replace(hour=23), 0)
    assert teacher.is_due(now + timedelta(days=1), 0)


def test_what_two_people_code_blind_is_never_learned_from() -> None:
    a_statement("Køen i dag")
    a_statement("Køen i går", is_blind=True)

    assert [text for _, text, _ in queries.coded(most=9)] == ["Køen i dag"]
    assert [text for _, text, _ in queries.blind(since=WEEK, most=9)] == ["Køen i går"]
    assert queries.count_coded(since=WEEK) == 1


def test_only_danish_words_and_texts_with_a_theme_are_learned_from() -> None:
    a_statement("The queue", lang="en")
    approve(a_text("Uden tema"), a_moderator(), "INTET")
    a_statement("Køen og maden", "ADG.KOE", "BAS.MAD", "ADG")

    [(_, text, themes)] = queries.coded(most=9)

    assert (text, themes) == ("Køen og maden", ("ADG", "BAS"))


def test_the_latest_weeks_come_first() -> None:
    a_statement("Før", week="2026-W08")
    a_statement("Nu", week="2026-W09")

    assert [text for _, text, _ in queries.coded(most=1)] == ["Nu"]


def test_a_text_that_is_gone_is_forgotten_with_the_next_lesson() -> None:
    a_statement("Vægterne ved døren")
    a_statement("Vægterne råber")
    teacher = teaching.teacher()
    teacher.teach(clock.now())
    assert teacher.model is not None
    assert any(stem == "vaegt" for stem, _ in teacher.model.seen)

    db.connection().exec_driver_sql("DELETE FROM response")
    db.db.session.commit()
    teacher.teach(clock.now() + timedelta(days=1))

    assert not any(stem == "vaegt" for stem, _ in teacher.model.seen)


def test_quality_is_measured_on_what_was_not_learned() -> None:
    coded = [(b"", "Køen er lang", ("ADG",))] * 8 + [(b"", "Suppen i køen", ("BAS", "ADG"))] * 2

    found = measuring.quality(coded, measuring.HintBook({"ADG.KOE": ["køen"], "BAS.MAD": ["suppe*"]}), None)

    assert found == measuring.Quality(10, 1.0, 1.0)
    assert measuring.quality(coded[:9], measuring.HintBook({}), None) is None


def test_a_code_that_is_mostly_not_taken_is_pointed_at(sign_in: Callable[..., FlaskClient]) -> None:
    guid = rows("SELECT guid FROM code WHERE key = 'ADG.KOE'")[0][0]
    mona = a_moderator().id
    for place in range(20):
        about = {"text": "Køen", "folded": "koeen", "lang": "da", "week": "2026-W09", "approved_by": mona}
        statement = Statement(id=os.urandom(16), voice=os.urandom(16), **about)
        db.db.session.add(statement)
        outcome = "accepted" if place < 9 else "refused"
        shown = {"code_guid": guid, "level": 0, "place": 1, "model_version": "hints-1", "outcome": outcome}
        db.db.session.add(SuggestionShown(statement_id=statement.id, **shown))
    db.db.session.commit()

    page = sign_in("analyst").get("/desk/suggestions?lang=en").text

    assert "Fewer than half were taken." in page
    assert '<td class="number">20</td><td class="number">9</td><td class="number">11</td>' in page


@pytest.mark.requirement("R8")
def test_whoever_has_ties_to_a_place_meets_no_count_of_its_chips_and_themes() -> None:
    a_statement()
    chip = showing.Shown("ADG.KOE", 0, "hints-1")
    [(statement_id,)] = rows("SELECT id FROM statement")
    showing.keep(statement_id, "Køen er lang", showing.Answered((chip,)), {"ADG.KOE"})
    db.db.session.commit()
    met = {}

    for site_code in (None, "GH1", "GH2"):
        me = a_moderator(site_code)
        themes = queries.theme_counts(me, since=WEEK, is_slice=False, round_="first")
        met[site_code] = ([(row.key, row.shown) for row in queries.acceptance(me)], themes)

    assert met["GH1"] == ([], (0, {}))
    assert met[None] == met["GH2"] == ([("ADG.KOE", 1)], (1, {"ADG": 1}))


def test_themes_that_stand_apart_from_the_blind_slice_are_named() -> None:
    pull = measuring.Pull("ADG", blind=5, n_blind=50, rest=60, n_rest=100)
    alike = measuring.Pull("ADG", blind=5, n_blind=50, rest=12, n_rest=100)

    assert pull.is_apart
    assert not alike.is_apart
