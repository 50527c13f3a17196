"""Branches that cannot be right, words in the wrong place and ways that are too long."""

from dataclasses import replace

import pytest

from app.surveys import definition, flow_lint
from app.surveys.definition import SurveyFileRefused
from app.surveys.questions import Condition, Question
from tests.surveys.samples import file_text, house, question, survey

FIRST = question("first")


def reasons(*questions: Question) -> list[str]:
    return [f"{fault.where}: {fault.reason}" for fault in flow_lint.check(survey(*questions))]


def after(asked: str, *answers: str) -> Question:
    return question("branch", show_if=Condition(asked, frozenset(answers)))


def test_a_branch_after_some_answers_is_right() -> None:
    assert reasons(FIRST, after("first", "no", "partly")) == []


def test_a_branch_that_skips_past_its_own_answer_is_named() -> None:
    assert reasons(FIRST, after("branch", "no")) == [
        "branch.show_if: It waits for its own answer, so it is never asked."
    ]


def test_a_branch_that_waits_for_a_later_answer_is_named() -> None:
    found = reasons(after("first", "no"), FIRST)

    assert found == ["branch.show_if: It waits for “first”, which comes later, so it is never asked."]


def test_a_branch_that_waits_for_nothing_is_named() -> None:
    assert reasons(FIRST, after("gone", "no")) == [
        "branch.show_if: It waits for “gone”, and there is no such question."
    ]


def test_a_branch_after_an_answer_that_is_not_offered_is_named() -> None:
    found = reasons(FIRST, after("first", "no", "perhaps"))

    assert found == ["branch.show_if: “first” has no answer “perhaps”, so this is never asked for it."]


def test_a_branch_after_every_answer_is_no_branch() -> None:
    found = reasons(FIRST, after("first", "yes", "no", "partly"))

    assert found == ["branch.show_if: It is asked after every answer to “first”: leave the condition out."]


def test_who_would_rather_not_say_is_not_asked_more() -> None:
    found = reasons(FIRST, after("first", "no", "declined"))

    assert found == ["branch.show_if: Who would rather not say is not asked more about it."]


def test_choices_behind_words_are_named() -> None:
    found = reasons(FIRST, question("said", "text"), question("late"))

    assert found == ["late: Questions answered in words come last: people write when they have chosen."]


def test_eight_questions_on_one_way_are_enough() -> None:
    nine = [question(f"q{n}") for n in range(9)]

    assert reasons(*nine[:8]) == []
    assert reasons(*nine) == ["trial: One way through asks 9 questions. 8 is the most."]
    assert reasons(*nine[:8], replace(nine[8], show_if=Condition("q0", frozenset({"no"})))) == reasons(*nine)


@pytest.mark.parametrize("survey_id", ["five_tap", "sms_core", "track_core"])
def test_everybody_comes_through_our_surveys(survey_id: str) -> None:
    assert list(flow_lint.check(house(survey_id))) == []


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("where", "it waits for its own answer"),
        ("respect", "“respect” is answered later"),
        ("x", "no earlier question"),
    ],
)
def test_a_file_with_such_a_branch_is_refused_with_its_line(asked: str, reason: str) -> None:
    text = file_text("five_tap").replace('question = "safe"', f'question = "{asked}"', 1)

    with pytest.raises(SurveyFileRefused, match=f"^five_tap.toml:235: .*{reason}"):
        definition.load(text, "five_tap.toml")
