"""Two people, or two windows, at one survey: nobody writes over, reads or publishes what they have not seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app.surveys import versions
from tests.desk.admin.editor import fields, kept, page, post, published, question

SignIn = Callable[..., FlaskClient]
MEANWHILE = "Somebody changed this meanwhile."


@pytest.fixture
def writer(sign_in: SignIn) -> FlaskClient:
    return sign_in("analyst")


@pytest.fixture
def administrator(sign_in: SignIn) -> FlaskClient:
    return sign_in("admin")


def reword(client: FlaskClient, words: str) -> None:
    changed = question(client, "sms_core", "respect", text_da=words)
    assert post(client, "sms_core/edit/question", **changed).status_code == 303


def respect() -> str:
    found = kept("sms_core")
    assert found is not None
    return found.question("respect").text["da"]


def test_who_saves_a_question_does_not_write_over_what_another_saved(
    writer: FlaskClient, administrator: FlaskClient
) -> None:
    mine = question(writer, "sms_core", "respect", text_da="Mødte vi dig pænt?")
    reword(administrator, "Blev du mødt godt?")
    refused = post(writer, "sms_core/edit/question", **mine)
    html = refused.get_data(as_text=True)

    assert refused.status_code == 422
    assert MEANWHILE in html
    assert "Mødte vi dig pænt?" in html
    assert respect() == "Blev du mødt godt?"
    assert post(writer, "sms_core/edit/question", **fields(html)).status_code == 303
    assert respect() == "Mødte vi dig pænt?"


def test_looking_first_does_not_hide_what_another_saved(writer: FlaskClient, administrator: FlaskClient) -> None:
    mine = question(writer, "sms_core", "respect", text_da="Mødte vi dig pænt?")
    reword(administrator, "Blev du mødt godt?")
    looked_at = fields(post(writer, "sms_core/edit/preview", **mine).get_data(as_text=True))

    assert post(writer, "sms_core/edit/question", **looked_at).status_code == 422


def test_two_who_save_different_questions_keep_both(writer: FlaskClient, administrator: FlaskClient) -> None:
    mine = question(writer, "sms_core", "change", text_da="Hvad skal vi ændre?")
    reword(administrator, "Blev du mødt godt?")

    assert post(writer, "sms_core/edit/question", **mine).status_code == 303
    found = kept("sms_core")
    assert found is not None
    assert found.question("change").text["da"] == "Hvad skal vi ændre?"
    assert respect() == "Blev du mødt godt?"


def test_the_words_around_the_questions_are_not_written_over(writer: FlaskClient, administrator: FlaskClient) -> None:
    mine = fields(page(writer, "sms_core/edit/words")) | {"title_da": "Hvordan går det her?", "channels": "web"}
    theirs = fields(page(administrator, "sms_core/edit/words")) | {"title_da": "Hvordan har du det?", "channels": "web"}
    assert post(administrator, "sms_core/edit/words", **theirs).status_code == 303
    refused = post(writer, "sms_core/edit/words", **mine)

    assert refused.status_code == 422
    assert "Hvordan går det her?" in refused.get_data(as_text=True)
    found = kept("sms_core")
    assert found is not None
    assert found.title["da"] == "Hvordan har du det?"


def test_words_that_cannot_be_kept_come_back_as_they_were_typed(writer: FlaskClient) -> None:
    form = fields(page(writer, "sms_core/edit/words")) | {"title_da": "Hvordan går det her?", "minutes": "x"}
    response = post(writer, "sms_core/edit/words", **form, channels="web")

    assert response.status_code == 422
    assert "Hvordan går det her?" in response.get_data(as_text=True)


def test_nobody_has_read_a_language_against_danish_they_did_not_see(
    writer: FlaskClient, administrator: FlaskClient
) -> None:
    reading = fields(page(writer, "sms_core/edit/in/ar")) | {"title": "كيف الحال؟", "is_read": "yes"}
    reword(administrator, "Blev du mødt godt?")
    refused = post(writer, "sms_core/edit/in/ar", **reading)
    html = refused.get_data(as_text=True)

    assert refused.status_code == 422
    assert "كيف الحال؟" in html
    assert 'value="yes" checked' not in html
    found = kept("sms_core")
    assert found is not None
    assert "ar" in found.unreviewed


def test_only_what_was_shown_is_published(writer: FlaskClient, administrator: FlaskClient) -> None:
    reword(writer, "Blev du mødt godt?")
    shown = fields(post(administrator, "sms_core/edit/confirm").get_data(as_text=True))
    reword(writer, "Mødte vi dig pænt?")
    refused = post(administrator, "sms_core/edit/publish", **shown)

    assert refused.status_code == 422
    assert MEANWHILE in refused.get_data(as_text=True)
    assert published("sms_core", 2) is None


def test_only_what_was_shown_is_thrown_away(writer: FlaskClient, administrator: FlaskClient) -> None:
    reword(writer, "Blev du mødt godt?")
    shown = fields(page(administrator, "sms_core/edit"))
    reword(writer, "Mødte vi dig pænt?")

    assert post(administrator, "sms_core/edit/discard", **shown).status_code == 422
    assert respect() == "Mødte vi dig pænt?"
    shown = fields(page(administrator, "sms_core/edit"))
    assert post(administrator, "sms_core/edit/discard", **shown).status_code == 303
    assert kept("sms_core") is None


def test_a_question_taken_out_twice_is_gone_once(writer: FlaskClient) -> None:
    assert post(writer, "five_tap/edit/q/where/remove").status_code == 303
    assert post(writer, "five_tap/edit/q/where/remove").status_code == 303


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"id": "respect"}, "There is a question called “respect” already."), ({"option1_place": "en"}, "whole number")],
)
def test_a_new_question_that_is_refused_is_not_lost(writer: FlaskClient, changed: dict[str, str], reason: str) -> None:
    form = fields(page(writer, "sms_core/edit/new/yes_no"))
    form |= {"id": "room", "text_da": "Var her plads?", "text_en": "Was there room?", "option1_da": "Ja"} | changed
    for act in ("question", "preview") if "id" not in changed else ("question",):
        response = post(writer, f"sms_core/edit/{act}", **form)
        html = response.get_data(as_text=True)

        assert response.status_code == 422
        assert reason in html
        assert "Var her plads?" in html


def test_what_was_published_meanwhile_throws_no_draft_away(writer: FlaskClient) -> None:
    reword(writer, "Blev du mødt godt?")
    shipped = published("sms_core")
    assert shipped is not None
    versions.publish(replace(shipped, version=2, minutes=7))
    found = kept("sms_core")
    assert found is not None
    assert found.version == 3
    assert found.question("respect").text["da"] == "Blev du mødt godt?"
