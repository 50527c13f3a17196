"""The way through a survey, without a page in sight."""

from dataclasses import replace

import pytest

from app.surveys import steps
from app.surveys.questions import Survey
from app.surveys.steps import NothingChosen, State
from tests.content import demo_surveys


@pytest.fixture
def survey() -> Survey:
    return next(survey for survey in demo_surveys() if survey.id == "five_tap")


def answered(survey: Survey, state: State, *choices: str) -> State:
    for choice in choices:
        question = steps.current(steps.path(survey, state), state)
        assert question is not None
        state = steps.answered(survey, state, question, [choice])
    return state


def test_a_state_is_the_same_after_it_was_packed(survey: Survey) -> None:
    state = answered(survey, steps.begin(survey, "da"), "4", "food")

    assert steps.unpacked(state.packed()) == state


def test_a_branch_adds_a_page_once_it_is_open(survey: Survey) -> None:
    start = steps.begin(survey, "da")

    assert steps.path(survey, start).total == 5
    assert steps.path(survey, answered(survey, start, "4", "food", "no")).total == 6


def test_words_are_left_for_the_last_page(survey: Survey) -> None:
    way = steps.path(survey, answered(survey, steps.begin(survey, "da"), "4", "food", "yes", "yes"))

    assert way.ahead is None
    assert [question.id for question in way.words] == ["change"]


def test_going_back_walks_page_by_page_and_forward_again(survey: Survey) -> None:
    state = answered(survey, steps.begin(survey, "da"), "4", "food", "yes")
    seen = []
    while before := steps.before(steps.path(survey, state), state):
        state = before
        seen.append(state.at)
    state = answered(survey, state, "5", "rest")

    assert seen == ["safe", "mattered", "today"]
    assert state.at == "safe"
    assert state.given["today"] == "5"


def test_a_corrected_answer_that_opens_a_branch_leads_into_it(survey: Survey) -> None:
    state = answered(survey, steps.begin(survey, "da"), "4", "food", "yes", "yes")
    state = answered(survey, steps.correcting(state, survey.question("safe")), "no")
    question = steps.current(steps.path(survey, state), state)

    assert question is not None
    assert question.id == "where"


def test_a_question_that_is_not_there_any_more_is_not_looked_at(survey: Survey) -> None:
    state = replace(answered(survey, steps.begin(survey, "da"), "4"), at="gone")

    assert steps.current(steps.path(survey, state), state) == survey.question("mattered")


def test_no_choice_is_no_answer(survey: Survey) -> None:
    with pytest.raises(NothingChosen):
        steps.answered(survey, steps.begin(survey, "da"), survey.question("today"), [])
