"""What can be heard: every prompt of the house is there, fresh and small; what is not is named."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.surveys import audio_lint, definition, lint, plain_language, prompts
from app.surveys.questions import Survey
from tests.surveys.samples import file_text, house

HOUSE = ("five_tap", "sms_core", "track_core", "reform_core")


def reasons(survey: Survey, channel: str = "kiosk") -> str:
    return "\n".join(f"{fault.where}: {fault.reason}" for fault in lint.check(survey, channel))


def with_audio(danish: str) -> Survey:
    text = file_text("five_tap").replace("Tryk på et ansigt. Det første er", danish, 1)
    return definition.load(text, "five_tap.toml")


def frame(name: str) -> tuple[int, int, int]:
    """Layer, kbit/s class and channels of a first MP3 frame, as bits (ISO 11172-3, 2.4.1.3)."""
    head = prompts.sound(name) or b""
    return (head[1] >> 1) & 3, head[2] >> 4, head[3] >> 6


def test_every_word_of_our_surveys_that_is_spoken_can_be_heard() -> None:
    for survey_id in HOUSE:
        survey = house(survey_id)
        for place, words in (*prompts.asked(survey), *prompts.labels(survey)):
            assert all(prompts.find(words[lang], lang) for lang in ("da", "en")), f"{survey_id}.{place}"


@pytest.mark.parametrize("key", sorted(prompts.sentences()))
def test_what_the_tablet_says_besides_can_be_heard(key: str) -> None:
    words = prompts.sentences()[key]

    assert all(prompts.find(words[lang], lang) for lang in ("da", "en"))
    assert all(len(text.split()) <= prompts.MOST_WORDS for text in words.values())


@pytest.mark.parametrize("key", sorted(prompts.sentences()))
def test_what_the_tablet_says_besides_is_easy_danish(key: str) -> None:
    said = prompts.sentences()[key]["da"]
    faults = (plain_language.long_sentence, plain_language.long_word, plain_language.avoided_word)

    assert [fault(said) for fault in faults] == [None, None, None]
    assert plain_language.lix(said) <= plain_language.HIGHEST_LIX


def test_every_file_is_the_one_of_the_manifest_and_small() -> None:
    on_disk = {path.name for path in prompts.FOLDER.glob("*.mp3")}

    assert on_disk == set(prompts.manifest())
    assert all(prompts.is_whole(name) for name in on_disk)
    assert max((prompts.FOLDER / name).stat().st_size for name in on_disk) <= prompts.MOST_BYTES
    assert {frame(name)[::2] for name in on_disk} == {(1, 3)}, "layer III, one channel"


def test_a_file_of_the_manifest_says_what_its_name_says() -> None:
    text = house("five_tap").question("safe").audio["da"]
    name = hashlib.sha256(f"{prompts.VOICES['da']}\nda\n{text}".encode()).hexdigest()[:32] + ".mp3"

    assert prompts.find(text, "da") == name
    assert prompts.manifest()[name].places == ("five_tap.safe.audio",)


def test_words_changed_after_the_recording_are_named_on_the_tablet_only() -> None:
    found = "today.audio.da: The recording says something else: the words were changed after it."

    assert reasons(with_audio("Tryk nu på et ansigt. Det første er")) == found
    assert reasons(with_audio("Tryk nu på et ansigt. Det første er"), "web") == ""


def test_another_voice_makes_every_prompt_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(prompts.VOICES, "da", "another voice")

    assert "today.audio.da: The recording says something else" in reasons(house("five_tap"))
    assert "today.audio.en" not in reasons(house("five_tap"))


def test_words_nobody_has_read_aloud_are_named() -> None:
    survey = replace(with_audio("Tryk nu på et ansigt. Det første er"), id="another")

    assert "today.audio.da: Nobody has read this aloud yet: there is no recording." in reasons(survey)


def test_a_question_without_words_to_hear_is_named() -> None:
    survey = house("five_tap")
    silent = replace(survey, questions=(replace(survey.questions[0], audio={}), *survey.questions[1:]))

    assert "today.audio.en: There are no words to read aloud." in reasons(silent)


def test_a_long_prompt_is_too_much_to_keep_in_mind() -> None:
    long = with_audio("Tryk nu. " * 10 + "Det første er")

    assert "today.audio.da: More than 26 spoken words" in reasons(long)
    assert "today.audio.da: More than 26 spoken words" in reasons(long, "web")


def test_a_person_who_has_read_it_in_makes_it_good() -> None:
    survey = with_audio("Tryk nu på et ansigt. Det første er")
    spoken = survey.questions[0].audio["da"]

    assert lint.check(survey, "kiosk", is_recorded=lambda text, lang: (text, lang) == (spoken, "da")) == []


@pytest.mark.parametrize(
    ("size", "bytes_of", "reason"),
    [
        (9, b"not it", "The recording is missing or damaged"),
        (9, None, "The recording is missing or damaged"),
        (prompts.MOST_BYTES + 1, b"", "The recording is larger than 20 kB"),
    ],
)
def test_a_damaged_missing_or_big_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, bytes_of: bytes | None, reason: str
) -> None:
    survey = house("five_tap")
    name = prompts.file_name(survey.about_audio["da"], "da")
    entry = {"places": [], "lang": "da", "sha256": hashlib.sha256(b"").hexdigest(), "size": size}
    (tmp_path / "manifest.json").write_text(json.dumps({"prompts": {name: entry}}))
    if bytes_of is not None:
        (tmp_path / str(name)).write_bytes(bytes_of)
    monkeypatch.setattr(prompts, "FOLDER", tmp_path)
    monkeypatch.setattr(prompts, "manifest", lambda: prompts._read(tmp_path / "manifest.json"))

    found = [fault.reason for fault in audio_lint.check(survey, "kiosk") if fault.where == "about_audio.da"]
    assert len(found) == 1
    assert found[0].startswith(reason)


@pytest.mark.parametrize("name", ["", "manifest.json", "../wording.toml", "x.mp3", "/etc/passwd"])
def test_only_prompts_of_ours_are_read(name: str) -> None:
    assert prompts.sound(name) is None
