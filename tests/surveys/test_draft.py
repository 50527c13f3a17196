"""A survey being written: its faults stand on their lines, and the file it came from can be had again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.surveys import carry_over, definition, draft, library, toml_writer
from app.surveys.questions import Survey
from tests.surveys.samples import SURVEYS, file_text, house


def changed(survey_id: str, wrong: str, instead: str) -> str:
    text = file_text(survey_id)
    assert wrong in text
    return text.replace(wrong, instead, 1)


FAULTS = [
    ("sms_core", 'da = "Hvordan er det her?"', 'da = "Hvordan er det her!"', "No exclamation marks"),
    ("sms_core", 'id = "partly"\npicture = "own:hand-level"', 'id = "partly"\npicture = "hand"', "no picture called"),
    ("sms_core", 'da = "Nogenlunde"', 'da = "Hjælp"', "is a reserved word"),
    ("sms_core", "SPRING=spring over", "Se gadensstemme.dk", "No web addresses"),
    ("sms_core", "STOP=slut.", "Slut.", "must say “STOP”"),
    ("sms_core", "Skriv ikke navne, CPR", "Skriv aldrig narkoman, CPR", "is a word we do not use"),
    ("five_tap", "Åbningstid og kø", "Åbningstid og kø hver eneste dag her", "longer than 30 characters"),
]


@pytest.mark.parametrize(("survey_id", "wrong", "instead", "reason"), FAULTS, ids=[case[3] for case in FAULTS])
def test_a_fault_stands_on_the_line_it_is_about(survey_id: str, wrong: str, instead: str, reason: str) -> None:
    source = changed(survey_id, wrong, instead)
    lines = zip(file_text(survey_id).split("\n"), source.split("\n"), strict=True)
    touched = [number for number, (old, new) in enumerate(lines, 1) if old != new]
    found = next(fault for fault in draft.read(source).faults if reason in fault.reason)

    assert [found.line] == touched


def test_a_fault_of_the_whole_survey_stands_at_its_name() -> None:
    source = file_text("five_tap").replace('channels = ["kiosk", "web", "paper"]', 'channels = ["sms"]')
    found = next(fault for fault in draft.read(source).faults if "By SMS 4 is the most" in fault.reason)

    assert source.split("\n")[found.line - 1].startswith("id")
    assert found.channels == ("sms",)


def test_the_same_fault_on_two_channels_is_one() -> None:
    found = draft.read(changed("sms_core", "Hvordan er det her?", "Hvordan er det her!")).faults

    assert [fault.channels for fault in found] == [("sms", "web")]


def test_a_survey_of_the_house_has_no_faults_and_reads_easily() -> None:
    for survey_id in ("sms_core", "five_tap", "track_core"):
        found = draft.read(file_text(survey_id))
        assert found.may_open
        assert 0 < found.lix <= 25


def test_languages_are_previewed_as_they_would_be_sent() -> None:
    survey = house("sms_core", "ar")
    found = draft.as_version(draft.read(file_text("sms_core")), 2, survey)

    assert [(one.lang, one.sent_instead) for one in found.previews] == [("da", None), ("en", None), ("ar", "en")]
    assert [message.cost.units for message in found.previews[0].messages] == [154, 74, 102]
    assert not any(message.is_too_long for preview in found.previews for message in preview.messages)


def test_a_survey_that_is_not_asked_by_text_has_no_messages() -> None:
    assert draft.read(file_text("five_tap")).previews == ()


@settings(deadline=None)  # a busy machine is no fault of the text
@given(text=st.text(max_size=300))
def test_any_text_is_looked_at_without_a_fall(text: str) -> None:
    assert draft.read(text).faults


@settings(deadline=None)  # a busy machine is no fault of the text
@given(junk=st.text(max_size=20), place=st.integers(0, 4000))
def test_a_survey_with_anything_typed_into_it_is_looked_at_without_a_fall(junk: str, place: int) -> None:
    source = file_text("sms_core")
    found = draft.read(source[:place] + junk + source[place:])

    assert all(1 <= fault.line <= found.source.count("\n") + 1 for fault in found.faults)


@pytest.mark.parametrize("survey", list(library.read_folder(SURVEYS)), ids=lambda survey: survey.id)
def test_a_survey_written_as_a_file_is_the_same_survey(survey: Survey) -> None:
    plain = definition.load(file_text(survey.id), f"{survey.id}.toml")

    assert definition.load(toml_writer.written(survey), "again.toml") == plain


@settings(deadline=None)  # a busy machine is no fault of the text
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_words_survive_being_written_as_a_file(words: str) -> None:
    survey = replace(definition.load(file_text("sms_core"), "x.toml"), title={"da": words, "en": "x"})

    assert definition.load(toml_writer.written(survey), "again.toml").title["da"] == words


def test_another_language_comes_along_read_while_the_danish_is_the_same() -> None:
    earlier = replace(house("sms_core", "ar"), unreviewed=())
    found = carry_over.carried(definition.load(file_text("sms_core"), "x.toml"), earlier)

    assert found == earlier


def test_another_language_counts_as_unread_once_the_danish_has_changed() -> None:
    earlier = replace(house("sms_core", "ar"), unreviewed=())
    source = changed("sms_core", 'da = "Nogenlunde"', 'da = "Til dels"')
    found = carry_over.carried(definition.load(source, "x.toml"), earlier)

    assert found.unreviewed == ("ar",)
    assert found.question("change").sms["ar"] == earlier.question("change").sms["ar"]
    assert "ar" not in next(option for option in found.question("respect").options if option.id == "partly").words


def test_a_first_version_takes_over_nothing() -> None:
    survey = house("sms_core")

    assert carry_over.carried(survey, None) is survey
