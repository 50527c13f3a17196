"""The longest way through a survey."""

from app.surveys import ways
from app.surveys.questions import Condition
from tests.surveys.samples import house, question, survey


def test_questions_that_exclude_each_other_are_not_counted_together() -> None:
    if_yes, if_no = Condition("a", frozenset({"yes"})), Condition("a", frozenset({"no"}))
    either = survey(question("a"), question("b", show_if=if_yes), question("c", show_if=if_no))

    assert ways.longest(either) == 2


def test_a_question_behind_a_question_is_reached_through_it() -> None:
    chain = survey(
        question("a"),
        question("b", show_if=Condition("a", frozenset({"no"}))),
        question("c", show_if=Condition("b", frozenset({"no"}))),
    )

    assert ways.longest(chain) == 3


def test_several_picks_may_open_several_questions() -> None:
    both = survey(
        question("a", "pick"),
        question("b", show_if=Condition("a", frozenset({"door"}))),
        question("c", show_if=Condition("a", frozenset({"inside"}))),
    )

    assert ways.longest(both) == 3
    assert ways.longest(house("track_core")) == 4
