"""What is heard: a prompt listened to at the desk, and a person's voice in place of the machine's."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.surveys import prompts
from tests.desk.accounts import factories
from tests.desk.admin.editor import fields, page, post, question

SignIn = Callable[..., FlaskClient]


def test_new_words_to_hear_keep_a_survey_from_the_tablet_until_they_are_recorded(sign_in: SignIn) -> None:
    client = sign_in("admin")
    audio = "Er du tryg her? Tryk på ja, nogenlunde eller nej."
    post(client, "five_tap/edit/question", **question(client, "five_tap", "safe", audio_da=audio))
    html = page(client, "five_tap/edit")

    assert "The recording says something else: the words were changed after it." in html
    assert "No recording of these words" in page(client, "five_tap/edit/q/safe")


def test_a_prompt_can_be_heard_at_the_desk(sign_in: SignIn) -> None:
    client = sign_in("admin")
    name = re.search(r"/desk/surveys/audio/([0-9a-f]{32}\.mp3)", page(client, "five_tap/edit/q/today"))
    assert name is not None
    response = client.get(f"/desk/surveys/audio/{name[1]}")

    assert response.content_type == "audio/mpeg"
    assert response.data[:2] == b"\xff\xf3"
    assert client.get("/desk/surveys/audio/manifest.json").status_code == 404


def read_in(client: FlaskClient, sound: bytes, place: str = "safe.audio", **more: str) -> TestResponse:
    html = page(client, "five_tap/edit/words" if place == "about_audio" else "five_tap/edit/q/safe")
    said = re.findall(r'name="said" value="([^"]*)"', html)[0]
    form = factories.form(client, "survey.edit", **{"place": place, "lang": "da", "said": unescape(said)} | more)
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


def test_what_a_recorder_writes_beside_the_sound_is_not_kept(sign_in: SignIn) -> None:
    client = sign_in("admin")
    read_in(client, b"ID3\x03\x00\x00\x00\x00\x00\x0eMonas telefon." + SOUND)
    name = re.findall(r"/desk/surveys/audio/(\w+\.mp3)", page(client, "five_tap/edit/q/safe"))[0]

    assert client.get(f"/desk/surveys/audio/{name}").data == SOUND


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (b"", "Choose a file first."),
        (b"RIFF....WAVE", "no MP3 file"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00<script>alert(1)</script>", "no MP3 file"),
        (b"\xff\xf3" + b"\0" * 20480, "larger than 20 kB"),
    ],
)
def test_a_file_people_could_not_hear_is_refused(sign_in: SignIn, sound: bytes, reason: str) -> None:
    response = read_in(sign_in("admin"), sound)

    assert response.status_code == 422
    assert reason in response.get_data(as_text=True)


def test_a_voice_belongs_to_the_words_that_were_read(sign_in: SignIn) -> None:
    response = read_in(sign_in("admin"), SOUND, said="Følte du dig glad?")

    assert response.status_code == 422
    assert "Somebody changed this meanwhile." in response.get_data(as_text=True)


def test_what_everybody_hears_at_once_is_an_administrators(sign_in: SignIn) -> None:
    client = sign_in("analyst")

    assert 'name="sound"' not in page(client, "five_tap/edit/q/safe")
    form = factories.form(client, "survey.edit", place="safe.audio", lang="da", said="")
    assert client.post("/desk/surveys/five_tap/edit/recording", data=form).status_code == 403


def test_a_voice_is_forgotten_with_the_words_it_said(sign_in: SignIn) -> None:
    client = sign_in("admin")
    read_in(client, SOUND, "about_audio")
    read_in(client, SOUND)
    old = re.findall(r"/desk/surveys/audio/(\w+\.mp3)", page(client, "five_tap/edit/q/safe"))[0]
    changed = question(client, "five_tap", "safe", audio_da="Er du tryg her? Tryk på ja, nogenlunde eller nej.")
    post(client, "five_tap/edit/question", **changed)
    read_in(client, SOUND)
    before = client.get(f"/lyd/{old}").status_code
    shown = fields(post(client, "five_tap/edit/confirm").get_data(as_text=True))
    assert post(client, "five_tap/edit/publish", **shown).status_code == 303

    assert (before, client.get(f"/lyd/{old}").status_code) == (200, 404)
    for address in ("words", "q/safe"):
        assert "A person's voice" in page(client, f"five_tap/edit/{address}")


def test_the_words_before_the_questions_can_be_read_in_too(sign_in: SignIn) -> None:
    client = sign_in("admin")

    assert read_in(client, SOUND, "about_audio").headers["Location"].endswith("/edit/words#voices")
    assert "A person's voice" in page(client, "five_tap/edit/words")
    assert read_in(client, SOUND, "nothing").status_code == 404
