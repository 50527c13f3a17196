"""Changing a survey a question at a time: what is kept, what is refused, and when it may become a version."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import queries as accounts
from app.desk.admin import editing_pages
from app.surveys import drafts, prompts, question_types, versions
from app.surveys.questions import Survey
from tests.desk.accounts import factories

SignIn = Callable[..., FlaskClient]
HTMX = {"HX-Request": "true"}
FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>(?:\n?([^<]*)</textarea>)?")


def kept(survey_id: str) -> Survey | None:
    """What is being written, with no transaction left open."""
    survey = drafts.get(survey_id)
    db.db.session.rollback()
    return survey


def published(survey_id: str, version: int = 1) -> Survey | None:
    survey = versions.get(survey_id, version)
    db.db.session.rollback()
    return survey


def page(client: FlaskClient, address: str) -> str:
    return client.get(f"/desk/surveys/{address}?lang=en").get_data(as_text=True)


def fields(html: str) -> dict[str, str]:
    """What a browser would post from the form of this page, but for the token."""
    found = {}
    for kind, attributes, text in FIELD.findall(html[html.index("<main") :]):
        name = re.search(r'name="([^"]*)"', attributes)
        value = re.search(r'value="([^"]*)"', attributes)
        if name and "checkbox" not in attributes and kind != "select":
            found[name[1]] = unescape(text if kind == "textarea" else value[1] if value else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")?[^>]* selected>([^<]*)', inside)
        found[name] = (chosen[1] or chosen[2]) if chosen else ""
    return found


def post(client: FlaskClient, address: str, headers: dict[str, str] | None = None, **form: str) -> TestResponse:
    found = factories.form(client, "survey.edit", **form)
    return client.post(f"/desk/surveys/{address}?lang=en", data=found, headers=headers)


def question(client: FlaskClient, survey_id: str, question_id: str, **changed: str) -> dict[str, str]:
    form = fields(page(client, f"{survey_id}/edit/q/{question_id}"))
    assert changed.keys() <= form.keys()
    return {**form, **changed}


def test_a_question_saved_as_it_stands_changes_nothing(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    for survey_id in ("five_tap", "sms_core", "track_core"):
        before = published(survey_id)
        assert before is not None
        for one in before.questions:
            assert post(client, f"{survey_id}/edit/question", **question(client, survey_id, one.id)).status_code == 303
        found = kept(survey_id)
        assert found is not None
        assert (found.questions, found.version) == (before.questions, 2)


def test_what_is_saved_is_kept_and_asked_of_nobody(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt pænt?"))

    assert "Er du mødt pænt?" in page(client, "sms_core/edit")
    survey = versions.open_one("sms_core")
    assert survey is not None
    assert survey.version == 1
    assert survey.question("respect").text["da"] == "Blev du mødt med respekt?"


def test_while_typing_only_the_picture_of_the_question_is_sent_and_nothing_is_kept(sign_in: SignIn) -> None:
    client = sign_in("admin")
    typed = question(client, "sms_core", "respect", sms_da="Blev du mødt – her? Svar 1=ja 2=nogenlunde 3=nej.")
    response = post(client, "sms_core/edit/preview", HTMX, **typed)
    part = response.get_data(as_text=True)

    assert response.headers["Vary"] == "HX-Request"
    assert "<html" not in part
    assert "<mark>–</mark>" in part
    assert "“–” (a dash) makes the message twice as dear. Write - instead." in part
    assert "The text must say “SPRING”" in part
    assert kept("sms_core") is None


def test_a_question_is_shown_as_it_is_met_on_every_channel(sign_in: SignIn) -> None:
    html = page(sign_in("admin"), "five_tap/edit/q/mattered")

    for part in ("as-web", "as-kiosk", "as-paper"):
        shown = html[html.index(f'class="{part}"') :]
        assert "Åbningstid og kø" in shown[: shown.index("</div>")]
    assert "137 units" in html
    assert "A machine's voice, until a person reads it" in html


def test_a_change_that_leaves_no_survey_is_refused_and_not_lost(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = post(
        client, "five_tap/edit/question", **question(client, "five_tap", "safe", option1_en="", text_da="Tryg?")
    )
    html = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "the option has no text in “en”" in html
    assert "Tryg?" in html
    assert kept("five_tap") is None


def test_a_branch_cannot_be_moved_in_front_of_its_question(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = post(client, "five_tap/edit/q/where/move", to="up")

    assert response.status_code == 422
    assert "show_if looks back" in response.get_data(as_text=True)


def test_a_question_moves_one_place(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "five_tap/edit/q/mattered/move", to="up")
    found = kept("five_tap")

    assert found is not None
    assert [one.id for one in found.questions][:3] == ["mattered", "today", "safe"]


def test_a_question_others_wait_for_cannot_be_taken_out(sign_in: SignIn) -> None:
    client = sign_in("admin")

    assert post(client, "five_tap/edit/q/safe/remove").status_code == 422
    assert post(client, "five_tap/edit/q/where/remove").status_code == 303
    assert post(client, "five_tap/edit/q/safe/remove").status_code == 303
    found = kept("five_tap")
    assert found is not None
    assert [one.id for one in found.questions] == ["today", "mattered", "respect", "change"]


def test_a_new_question_is_put_before_the_words(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/new/yes_no"))
    form |= {"text_da": "Var her plads?", "text_en": "Was there room?", "option1_id": "yes", "option1_da": "Ja",
             "option1_en": "Yes", "option2_id": "no", "option2_da": "Nej", "option2_en": "No"}  # fmt: skip

    assert (
        post(client, "sms_core/edit/question", **form)
        .headers["Location"]
        .startswith("/desk/surveys/sms_core/edit/q/was_there_room")
    )
    found = kept("sms_core")
    assert found is not None
    assert [one.id for one in found.questions] == ["last_time", "respect", "was_there_room", "change"]


def test_the_order_of_answers_is_that_of_their_numbers_and_an_empty_line_is_gone(sign_in: SignIn) -> None:
    client = sign_in("admin")
    changed = {"option9_place": "1", "option1_place": "2", "option2_da": "", "option2_en": ""}
    post(client, "five_tap/edit/question", **question(client, "five_tap", "mattered", **changed))
    found = kept("five_tap")

    assert found is not None
    assert [one.id for one in found.question("mattered").options][:3] == ["company", "staff", "hours"]


def test_what_is_wrong_stands_at_its_question_and_nothing_is_published(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Blev du mødt? Altid?"))
    html = page(client, "sms_core/edit")

    assert "One question at a time" in html
    assert "Publish as version 2" not in html
    assert post(client, "sms_core/edit/publish", version="2").status_code == 422
    assert published("sms_core", 2) is None


def test_what_was_written_is_published_and_no_longer_being_written(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt med respekt?"))
    confirm = post(client, "sms_core/edit/confirm").get_data(as_text=True)
    response = post(client, "sms_core/edit/publish", version="2")
    survey, head = versions.open_one("sms_core"), accounts.last_audit()

    assert "Gadens Hus Ankeret" in confirm
    assert response.status_code == 303
    assert survey is not None
    assert survey.question("respect").text["da"] == "Er du mødt med respekt?"
    assert head is not None
    assert (head.act, head.target) == ("survey.publish", "sms_core 2")
    assert kept("sms_core") is None


def test_new_words_to_hear_keep_a_survey_from_the_tablet_until_they_are_recorded(sign_in: SignIn) -> None:
    client = sign_in("admin")
    audio = "Er du tryg her? Tryk på ja, nogenlunde eller nej."
    post(client, "five_tap/edit/question", **question(client, "five_tap", "safe", audio_da=audio))
    html = page(client, "five_tap/edit")

    assert "The recording says something else: the words were changed after it." in html
    assert "No recording of these words" in page(client, "five_tap/edit/q/safe")


def test_a_language_is_written_beside_the_danish_and_counts_as_read_when_somebody_says_so(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    form = fields(page(client, "sms_core/edit/in/ar"))
    post(client, "sms_core/edit/in/ar", **{**form, "title": "كيف الحال؟", "is_read": "yes"})
    found, head = kept("sms_core"), accounts.last_audit()

    assert found is not None
    assert found.title["ar"] == "كيف الحال؟"
    assert "ar" not in found.unreviewed
    assert head is not None
    assert (head.act, head.target) == ("survey.read", "sms_core 2 ar")


def test_changed_danish_makes_a_language_unread_again(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/in/ar"))
    post(client, "sms_core/edit/in/ar", **form, is_read="yes")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt pænt?"))
    found = kept("sms_core")

    assert found is not None
    assert "ar" in found.unreviewed


def test_what_stands_around_the_questions_can_be_changed(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/words"))
    post(client, "sms_core/edit/words", **{**form, "title_da": "Hvordan går det her?", "channels": "web"})
    found = kept("sms_core")

    assert found is not None
    assert found.title["da"] == "Hvordan går det her?"
    assert found.channels == ("web",)
    assert post(client, "sms_core/edit/words", **{**form, "minutes": "x", "channels": "web"}).status_code == 422


def test_who_throws_away_a_change_has_the_published_version_again(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "five_tap/edit/q/mattered/move", to="up")
    post(client, "five_tap/edit/discard")

    assert kept("five_tap") is None
    assert "Nothing is changed yet." in page(client, "five_tap/edit")


@pytest.mark.parametrize("role", ["staff", "moderator", "council"])
def test_others_change_nothing(sign_in: SignIn, role: str) -> None:
    assert sign_in(role).get("/desk/surveys/five_tap/edit").status_code == 403


def test_an_analyst_writes_and_does_not_publish(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    post(client, "five_tap/edit/q/mattered/move", to="up")

    assert "Publish as version" not in page(client, "five_tap/edit")
    assert post(client, "five_tap/edit/publish", version="2").status_code == 403


@pytest.mark.parametrize(
    "address", ["nothing/edit", "five_tap/edit/q/nothing", "five_tap/edit/new/fax", "five_tap/edit/in/da"]
)
def test_what_is_not_there_is_not_found(sign_in: SignIn, address: str) -> None:
    assert sign_in("admin").get(f"/desk/surveys/{address}").status_code == 404


def test_markup_in_a_question_stays_text(sign_in: SignIn) -> None:
    client = sign_in("admin")
    evil = "</textarea><script>alert(1)</script>"
    typed = question(client, "five_tap", "today", text_da=evil, option1_da=evil)
    html = post(client, "five_tap/edit/preview", **typed).get_data(as_text=True)

    assert "<script>alert" not in html


def test_a_prompt_can_be_heard_at_the_desk(sign_in: SignIn) -> None:
    client = sign_in("admin")
    name = re.search(r"/desk/surveys/audio/([0-9a-f]{32}\.mp3)", page(client, "five_tap/edit/q/today"))
    assert name is not None
    response = client.get(f"/desk/surveys/audio/{name[1]}")

    assert response.content_type == "audio/mpeg"
    assert response.data[:2] == b"\xff\xf3"
    assert client.get("/desk/surveys/audio/manifest.json").status_code == 404


def read_in(client: FlaskClient, sound: bytes, place: str = "safe.audio", **more: str) -> TestResponse:
    form = factories.form(client, "survey.edit", place=place, lang="da", **more)
    return client.post(
        "/desk/surveys/five_tap/edit/recording?lang=en", data={**form, "sound": (BytesIO(sound), "x.mp3")}
    )


SOUND = prompts.sound(next(iter(prompts.manifest()))) or b""


def test_a_persons_voice_opens_the_tablet_again(sign_in: SignIn) -> None:
    client = sign_in("admin")
    audio = "Er du tryg her? Tryk på ja, nogenlunde eller nej."
    post(client, "five_tap/edit/question", **question(client, "five_tap", "safe", audio_da=audio))
    assert read_in(client, SOUND).status_code == 303

    assert "A person's voice" in page(client, "five_tap/edit/q/safe")
    assert "Publish as version 2" in page(client, "five_tap/edit")


def test_a_persons_voice_is_heard_in_place_of_the_machines_until_it_is_taken_away(sign_in: SignIn) -> None:
    client = sign_in("admin")
    before = re.findall(r"/desk/surveys/audio/(\w+\.mp3)", page(client, "five_tap/edit/q/safe"))
    read_in(client, SOUND)
    during = re.findall(r"/desk/surveys/audio/(\w+\.mp3)", page(client, "five_tap/edit/q/safe"))
    heard = client.get(f"/desk/surveys/audio/{during[0]}").data
    read_in(client, b"", act="remove")

    assert during[0] != before[0]
    assert during[1] == before[1]
    assert heard == SOUND
    assert before == re.findall(r"/desk/surveys/audio/(\w+\.mp3)", page(client, "five_tap/edit/q/safe"))


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (b"", "Choose a file first."),
        (b"RIFF....WAVE", "no MP3 file"),
        (b"\xff\xf3" + b"\0" * 20480, "larger than 20 kB"),
    ],
)
def test_a_file_people_could_not_hear_is_refused(sign_in: SignIn, sound: bytes, reason: str) -> None:
    response = read_in(sign_in("admin"), sound)

    assert response.status_code == 422
    assert reason in response.get_data(as_text=True)


def test_the_words_before_the_questions_can_be_read_in_too(sign_in: SignIn) -> None:
    client = sign_in("admin")

    assert read_in(client, SOUND, "about_audio").headers["Location"].endswith("/edit/words#voices")
    assert "A person's voice" in page(client, "five_tap/edit/words")
    assert read_in(client, SOUND, "nothing").status_code == 404


def test_every_type_has_a_name_people_understand() -> None:
    assert set(editing_pages.TYPES) == {one.name for one in question_types.QUESTION_TYPES}
