"""The order of questions, whatever is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys import interview
from app.surveys.interview import Run
from app.surveys.question_types import Reading, Skip, Unreadable, Value
from app.surveys.questions import Condition, Question, Survey
from tests.surveys.samples import house, question, survey

NOT_YES = Condition("safe", frozenset({"partly", "no"}))


def walked(run: Run, *readings: Reading) -> Run:
    for reading in readings:
        asked = interview.next_question(run)
        assert asked is not None
        run = interview.answer(run, asked, reading)
    return run


def next_id(run: Run) -> str | None:
    asked = interview.next_question(run)
    return asked.id if asked else None


def branching() -> Survey:
    return survey(
        question("safe"), question("where", "place", NOT_YES), question("respect"), question("change", "text")
    )


def test_a_condition_that_holds_asks_its_question() -> None:
    assert next_id(walked(interview.begin(branching()), Value("no"))) == "where"


@pytest.mark.parametrize("reading", [Value("yes"), Skip(), Skip("declined"), Unreadable(), Value("declined")])
def test_a_condition_that_does_not_hold_passes_on(reading: Reading) -> None:
    assert next_id(walked(interview.begin(branching()), reading)) == "respect"


def test_one_of_several_picked_options_is_enough_for_a_condition() -> None:
    keep = house("track_core")
    run = walked(interview.begin(keep), Value(("bed",)), Value(("food", "other")))

    assert next_id(run) == "keep_other"


def test_the_finish_line_is_where_only_words_are_left() -> None:
    run = walked(interview.begin(branching()), Value("yes"))

    assert not interview.only_words_left(run)
    assert interview.only_words_left(walked(run, Skip()))


def test_a_question_cannot_be_answered_twice() -> None:
    asked = branching()
    run = walked(interview.begin(asked), Value("yes"))

    with pytest.raises(ValueError, match="safe is not the next question"):
        interview.answer(run, asked.question("safe"), Value("no"))


def test_a_run_is_never_changed_by_an_answer() -> None:
    before = interview.begin(branching())
    walked(before, Value("yes"))

    assert before.taken == ()


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Up to eight questions, each asked always or after some answers to an earlier one."""
    questions: list[Question] = []
    for place in range(draw(st.integers(1, 8))):
        condition = None
        if questions and draw(st.booleans()):
            earlier = draw(st.sampled_from(questions))
            answers = draw(st.frozensets(st.sampled_from(["yes", "partly", "no"]), min_size=1))
            condition = Condition(earlier.id, answers)
        questions.append(question(f"q{place}", show_if=condition))
    return survey(*questions)


readings = st.sampled_from([Value("yes"), Value("partly"), Value("no"), Skip(), Skip("declined"), Unreadable()])


@given(asked=surveys(), said=st.lists(readings, min_size=8, max_size=8))
def test_every_interview_ends_asks_nothing_twice_and_honours_its_conditions(asked: Survey, said: list[Reading]) -> None:
    run = interview.begin(asked)
    for reading in said:
        following = interview.next_question(run)
        if following is None:
            break
        run = interview.answer(run, following, reading)

    ids = [taken.question_id for taken in run.taken]
    assert interview.next_question(run) is None
    assert ids == sorted(set(ids))
    for one in asked.questions:
        given_before = run.reading(one.show_if.question) if one.show_if else None
        holds = (
            isinstance(given_before, Value) and str(given_before.value) in one.show_if.any_of if one.show_if else True
        )
        assert (one.id in ids) == holds
