"""The order of questions: which comes next, and what an answer changes. Pure; every channel uses it."""

from dataclasses import dataclass
from functools import cached_property

from app.surveys import question_types
from app.surveys.question_types.base import Reading, Value
from app.surveys.questions import Question, Survey


@dataclass(frozen=True)
class Taken:
    """What became of one question. Unreadable means that its text was kept as words and the survey went on."""

    question_id: str
    reading: Reading


@dataclass(frozen=True)
class Run:
    """One person's way through a survey, so far."""

    survey: Survey
    taken: tuple[Taken, ...] = ()

    def reading(self, question_id: str) -> Reading | None:
        """What was taken for a question; None if it was not asked."""
        return next((taken.reading for taken in self.taken if taken.question_id == question_id), None)

    @cached_property
    def following(self) -> Question | None:
        """The next question in the survey's order whose condition holds; None at the end."""
        return next((question for question in _ahead(self) if _is_asked(self, question)), None)


def begin(survey: Survey) -> Run:
    """Before the first question."""
    return Run(survey)


def next_question(run: Run) -> Question | None:
    """The next question in the survey's order whose condition holds; None at the end."""
    return run.following


def answer(run: Run, question: Question, reading: Reading) -> Run:
    """The run with this question behind it. Only the next question can be answered: anything else is a bug."""
    if question is not run.following and question != run.following:
        raise ValueError(f"{question.id} is not the next question of {run.survey.id}")
    return Run(run.survey, (*run.taken, Taken(question.id, reading)))


def only_words_left(run: Run) -> bool:
    """The finish line: nothing that can be counted is still to be asked."""
    return not any(
        _is_asked(run, question) for question in _ahead(run) if not question_types.by_name(question.type).is_words
    )


def _ahead(run: Run) -> tuple[Question, ...]:
    if not run.taken:
        return run.survey.questions
    last = run.taken[-1].question_id
    place = next(at for at, question in enumerate(run.survey.questions) if question.id == last)
    return run.survey.questions[place + 1 :]


def _is_asked(run: Run, question: Question) -> bool:
    """A condition looks back at a value; a skipped or unreadable answer makes it false."""
    if question.show_if is None:
        return True
    reading = run.reading(question.show_if.question)
    if not isinstance(reading, Value):
        return False
    given = (reading.value,) if isinstance(reading.value, str) else reading.value
    return not question.show_if.any_of.isdisjoint(given)
