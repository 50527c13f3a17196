"""Survey files: what they hold, what they refuse, and that a frozen version stays as it was."""

import json

import pytest

from app.surveys import definition
from app.surveys.definition import SurveyFileRefused
from tests.surveys.samples import file_text, house

HOUSE = ("five_tap", "sms_core", "track_core", "reform_core")


@pytest.mark.parametrize("survey_id", HOUSE)
def test_a_survey_comes_back_from_its_frozen_form_as_it_was(survey_id: str) -> None:
    survey = house(survey_id, "ar")
    frozen = definition.to_json(survey)

    assert definition.from_json(frozen) == survey
    assert definition.to_json(definition.from_json(frozen)) == frozen


def test_a_survey_has_its_questions_in_order_with_words_last() -> None:
    survey = house("five_tap")

    assert [question.id for question in survey.questions] == ["today", "mattered", "safe", "where", "respect", "change"]
    assert survey.question("mattered").max == 2
    assert survey.question("where").show_if == definition.Condition("safe", frozenset({"partly", "no"}))


def test_options_that_are_no_line_of_the_menu_carry_no_number() -> None:
    assert [option.id for option in house("five_tap").question("safe").menu] == ["yes", "partly", "no"]


FAULTS = [
    ("format   = 1", "format = 2", 9, "“format” must be 1"),
    ('id       = "five_tap"', 'id = "five tap"', 10, "small letters"),
    ("version  = 1", "version = 0", 11, "whole number from 1"),
    ("version  = 1", "version = true", 11, "whole number from 1"),
    ('channels = ["kiosk", "web", "paper"]', 'channels = ["fax"]', 12, "“fax” is none of"),
    ('channels = ["kiosk", "web", "paper"]', "channels = []", 12, "list of texts"),
    ("[about]", "[about", 19, "Expected ']'"),
    ('en = "How is it here?"', "", 15, "the title has no text in “en”"),
    ('en = "How is it here?"', 'xx = "Hvad?"\nen = "How?"', 17, "nothing here is called “xx”"),
    ('en = "Bad"', "", 60, "the option has no text in “en”"),
    ('id = "2"', 'id = "1"', 37, "“1” stands twice"),
    ('type    = "smiley_5"', 'type = "smily"', 39, "no question type “smily”"),
    ('id      = "safe"', 'id = "today"', 189, "“today” stands twice"),
    ("max     = 2", "", 94, "pick needs “max”"),
    ("max     = 2", "max = 10", 95, "between 1 and the number of options"),
    ('theme = "MOD"', 'them = "MOD"', 117, "nothing here is called “them”"),
    ('is = ["partly", "no"]', 'is = ["perhaps"]', 235, "has no option “perhaps”"),
    ('question = "safe"', 'question = "respect"', 235, "show_if looks back"),
    ("max     = 2", "max = 2\ntop = 2", 96, "pick has no use for “top”"),
    ('type    = "place"', 'type    = "text"', 231, "text takes no options"),
]


@pytest.mark.parametrize(("wrong", "instead", "line", "reason"), FAULTS, ids=[fault[1][:24] for fault in FAULTS])
def test_a_fault_is_refused_with_its_line(wrong: str, instead: str, line: int, reason: str) -> None:
    text = file_text("five_tap")
    assert wrong in text

    with pytest.raises(SurveyFileRefused) as refused:
        definition.load(text.replace(wrong, instead, 1), "five_tap.toml")

    assert str(refused.value).startswith(f"five_tap.toml:{line}: ")
    assert reason in str(refused.value)


def test_words_come_last() -> None:
    text = file_text("sms_core")
    opening, first, second, third = text.split("[[questions]]\n")
    moved = "[[questions]]\n".join([opening, third + "\n", first, second])

    with pytest.raises(SurveyFileRefused, match="come last"):
        definition.load(moved, "sms_core.toml")


@pytest.mark.parametrize("text", ["", "questions = 3", "[[[", "\0", "a" * 10_000, "x = " + "[" * 5000])
def test_a_file_that_is_no_survey_is_refused_and_never_a_crash(text: str) -> None:
    with pytest.raises(SurveyFileRefused, match=r"^f\.toml:\d+: "):
        definition.load(text, "f.toml")


@pytest.mark.parametrize(
    ("lang", "expected"), [("ar", "ar"), ("kl", "da"), ("pl", "en"), ("da", "da"), ("en", "en"), ("xx", "en")]
)
def test_a_sentence_falls_back_as_a_whole(lang: str, expected: str) -> None:
    title = house("five_tap", "ar").title

    assert definition.in_language(title, lang) == (title[expected], expected)


def test_the_frozen_form_is_plain_json_with_sorted_keys() -> None:
    found = json.loads(definition.to_json(house("sms_core")))

    assert list(found) == sorted(found)
    assert found["questions"][0]["options"][0]["words"]["da"] == "Meget dårligt"
