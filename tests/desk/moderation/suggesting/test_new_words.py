"""Words that came up lately: the formula, who must have said them, who may see them, and what becomes of them."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import clock, db
from app.core.config import ROOT
from app.core.folding import fold
from app.desk.moderation.codebook import drafting
from app.desk.moderation.models import Statement
from app.desk.moderation.suggesting import keyness, settling, teaching
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, rows

KEYNESS = json.loads((ROOT / "tests" / "oracles" / "trends.json").read_text("utf-8"))["keyness"]
NOW, BEFORE = "2026-W10", "2025-W40"


@pytest.mark.parametrize("case", KEYNESS)
def test_the_formula_gives_the_reference_figures(case: dict[str, Any]) -> None:
    z = keyness.z(case["in_new"], case["words_new"], case["in_history"], case["words_history"])

    assert z == pytest.approx(case["z"], abs=1e-6)
    assert (z >= 2 and case["in_new"] >= 3) is case["shown"]


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (0, 10, 0, 10), (3, 3, 0, 0), (5, 5, 5, 5)])
def test_nothing_to_compare_is_zero(counts: tuple[int, int, int, int]) -> None:
    assert keyness.z(*counts) == 0


@pytest.fixture
def history(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    """A desk on which everybody used to write about the queue."""
    factories.the_codebook()
    said(*["Køen til badet var lang og maden kold den dag jeg kom forbi"] * 20, week=BEFORE)
    return sign_in("moderator")


def said(*texts: str, week: str = NOW, site_code: str = "GH1", voice: bytes | None = None) -> None:
    """Approved texts of voices whose answers are cut off already."""
    mona = a_moderator()
    for text in texts:
        about = {"week": week, "site_code": site_code, "voice": voice or os.urandom(16), "approved_by": mona.id}
        db.db.session.add(Statement(text=text, folded=fold(text), lang="da", **about))
    db.db.session.commit()


def counted() -> None:
    teaching.teacher().teach(clock.now())


def page(client: FlaskClient) -> str:
    return client.get("/desk/new-words?lang=en").text


def test_a_word_of_three_voices_is_shown_with_their_texts(history: FlaskClient) -> None:
    texts = ("Der er vægtere ved døren", "Vægterne råber", "Vægteren er sur")
    said(*texts)
    counted()

    shown = page(history)

    assert "3 voices" in shown
    assert all(text in shown for text in texts)
    assert "Køen til badet" not in shown


def test_a_word_of_two_voices_is_nobodys_business(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber")
    factories.a_response("Vægterne", "Vægterne igen", week=NOW)  # not approved: nobody has read it
    counted()

    assert "No new words." in page(history)


def test_one_voice_in_two_texts_is_one(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber", voice=b"\1" * 16)
    said("Vægterne igen")
    counted()

    assert "No new words." in page(history)


def test_before_the_first_count_the_page_says_so(history: FlaskClient) -> None:
    assert "The words are being counted." in page(history)


def test_a_withdrawn_text_takes_its_word_off_the_page_at_once(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure")
    counted()
    assert "3 voices" in page(history)

    db.connection().exec_driver_sql("DELETE FROM statement WHERE text = 'Vægterne råber'")
    db.db.session.commit()

    assert "3 voices" not in page(history)


def test_whoever_works_at_a_place_sees_no_word_of_it(history: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure", site_code="GH1")
    counted()
    own, other = accounts.a_user("moderator", "GH1"), accounts.a_user("moderator", "MUE2")

    assert settling.to_look_at(own, most=9) == []
    assert [one.word.said for one in settling.to_look_at(other, most=9) or ()] == ["vægterne"]


def test_a_word_is_written_as_other_places_write_it(history: FlaskClient) -> None:
    said(*["Maden var kold og køen lang den dag jeg kom forbi"] * 20, week=BEFORE, site_code="GH2")
    said(*["Vægternes vagt"] * 4, site_code="GH1")
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure", site_code="GH2")
    counted()

    own, other = accounts.a_user("moderator", "GH1"), accounts.a_user("moderator", "MUE2")

    assert [one.word.said for one in settling.to_look_at(own, most=9) or ()] == ["vægterne"]
    assert "vægternes" in [one.word.said for one in settling.to_look_at(other, most=9) or ()]


def test_a_word_becomes_a_hint_in_the_draft_of_the_codebook(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure")
    counted()

    answer = settle(history, verdict="hint", code="TRY.POL")

    assert answer.status_code == 303
    line = drafting.drafted().by_key("TRY.POL")
    assert line is not None
    assert line.hints[-1] == "vægterne"
    assert "No new words." in page(history)


def test_a_settled_word_is_not_shown_again_and_the_first_verdict_stays(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure")
    counted()

    settle(history, verdict="nothing")
    settle(history, verdict="code")

    assert rows("SELECT verdict FROM settled_word") == [("nothing",)]
    assert "No new words." in page(history)


def test_what_cannot_be_settled_is_said(history: FlaskClient) -> None:
    said("Vægterne ved døren", "Vægterne råber", "Vægterne er sure")
    counted()

    for sent in ({"verdict": "hint"}, {"verdict": "hint", "code": "XXX"}, {"verdict": "no"}, {"stem": "x"}):
        answer = settle(history, **sent)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert rows("SELECT * FROM settled_word") == []


def settle(client: FlaskClient, **sent: str) -> Any:
    stem = sent.pop("stem", None) or "vaegt"
    return client.post("/desk/new-words", data=accounts.form(client, "new-words") | {"stem": stem} | sent)
