"""What does not fit a card, a box or a line of paper; and that every picture the house names is drawn."""

import re
from dataclasses import replace

import pytest

from app.surveys import definition, lint, pictures
from app.surveys.questions import Option, Survey
from tests.surveys.samples import file_text, house

PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+")
PLANTED = [
    ("tabler:clock", "clock", "mattered.hours.picture: There is no picture called “clock”."),
    ("tabler:clock", "tabler:clok", "There is no picture called “tabler:clok”."),
    ("Mad og kaffe", "Mad og kaffe og brød og en kage mere", "longer than 30 characters"),
    ('picture = "tabler:clock"\n', "", "mattered.hours: “hours” has no picture, and the other answers have."),
]


def reasons(survey: Survey, channel: str = "kiosk") -> str:
    return "\n".join(f"{fault.where}: {fault.reason}" for fault in lint.check(survey, channel))


def changed_options(survey: Survey, question_id: str, *options: Option) -> Survey:
    questions = (replace(one, options=options) if one.id == question_id else one for one in survey.questions)
    return replace(survey, questions=tuple(questions))


@pytest.mark.parametrize("channel", ["kiosk", "web", "paper"])
@pytest.mark.parametrize(("wrong", "instead", "reason"), PLANTED, ids=[case[2] for case in PLANTED])
def test_what_does_not_fit_a_card_is_named(channel: str, wrong: str, instead: str, reason: str) -> None:
    survey = definition.load(file_text("five_tap").replace(wrong, instead, 1), "five_tap.toml")

    assert reason in reasons(survey, channel)
    assert reason not in reasons(survey, "sms")


def test_a_picture_never_stands_without_words() -> None:
    options = house("five_tap").question("mattered").options
    silent = replace(options[0], words={"da": "Dem, der arbejder her", "en": " "})

    found = reasons(changed_options(house("five_tap"), "mattered", silent, *options[1:]))
    assert "mattered.staff.en: A picture never stands without words." in found


@pytest.mark.parametrize(("menu", "beside", "reason"), [(10, 0, "More than 9 options"), (9, 2, "More than 10 boxes")])
def test_more_than_nine_answers_do_not_fit(menu: int, beside: int, reason: str) -> None:
    ids = [f"a{n}" for n in range(menu)] + ["unknown", "declined"][:beside]
    options = (Option(one, {"da": "Et", "en": "One"}) for one in ids)

    assert reason in reasons(changed_options(house("five_tap"), "where", *options))


def test_nine_answers_and_do_not_know_fit() -> None:
    ids = [f"a{n}" for n in range(9)] + ["unknown"]
    options = (Option(one, {"da": "Et", "en": "One"}) for one in ids)

    assert reasons(changed_options(house("five_tap"), "where", *options)) == ""


def test_a_question_of_pictures_has_one_for_every_answer() -> None:
    text = file_text("five_tap").replace('type    = "place"', 'type    = "picture"')
    text = re.sub(r'picture = "tabler:(door-enter|home|toilet-paper|trees|map-pin)"\n', "", text)

    assert "“door” has no picture" in reasons(definition.load(text, "five_tap.toml"))


@pytest.mark.parametrize("survey_id", ["five_tap", "sms_core", "track_core"])
def test_every_picture_of_our_surveys_is_drawn(survey_id: str) -> None:
    survey = house(survey_id)
    named = {option.picture for question in survey.questions for option in question.options if option.picture}

    assert set(pictures.of(survey)) == named
    assert named


@pytest.mark.parametrize("name", sorted(pictures.names()))
def test_a_drawing_is_lines_and_nothing_else(name: str) -> None:
    picture = pictures.get(name)

    assert picture is not None
    assert picture.paths
    assert all(PATH.fullmatch(path) and path[0] == "M" for path in picture.paths)


def test_a_name_nobody_drew_has_no_picture() -> None:
    assert pictures.get("tabler:nothing") is None
