"""A survey as a sheet of paper: its questions in order, the boxes of each, and what a helper writes on the back."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.surveys import paper_codes
from app.surveys.questions import UNNUMBERED, Option, Question, Survey, Words

Box = tuple[str, Option]
"""The mark beside a box, and what it stands for."""
FACES = ("smiley_5", "smiley_3")
LOWEST, HIGHEST = 0, 10
"""Of a scale that names no bounds of its own."""


@dataclass(frozen=True)
class Asked:
    """One question as it is printed."""

    number: int
    question: Question
    boxes: tuple[Box, ...]
    beside: tuple[Box, ...]
    """Do not know, rather not say: they stand apart from faces, steps and digits."""
    only_after: tuple[Words, ...]
    """The answers after which it is asked; none where everybody is."""
    steps: tuple[int, ...]
    digits: int
    has_pictures: bool


@dataclass(frozen=True)
class Form:
    """The front with its questions, and the back."""

    questions: tuple[Asked, ...]
    notes: tuple[Asked, ...]
    """What a helper writes down."""

    @property
    def has_words(self) -> bool:
        """Whether anything is written by hand."""
        return any(one.question.type == "text" for one in self.questions) or bool(self.notes)


def form(survey: Survey) -> Form:
    """The whole sheet."""
    asked = tuple(_asked(survey))
    return Form(
        tuple(one for one in asked if one.question.type != "note"),
        tuple(one for one in asked if one.question.type == "note"),
    )


def _asked(survey: Survey) -> Iterator[Asked]:
    for number, question in enumerate(survey.questions, 1):
        marked = paper_codes.marked(question)
        yield Asked(
            number=number,
            question=question,
            boxes=tuple(box for box in marked if box[1].id not in UNNUMBERED),
            beside=tuple(box for box in marked if box[1].id in UNNUMBERED),
            only_after=_only_after(survey, question),
            steps=_steps(question),
            digits=len(str(question.high or 0)),
            has_pictures=any(option.picture for option in question.menu),
        )


def _only_after(survey: Survey, question: Question) -> tuple[Words, ...]:
    if question.show_if is None:
        return ()
    earlier = survey.question(question.show_if.question)
    return tuple(option.words for option in earlier.options if option.id in question.show_if.any_of)


def _steps(question: Question) -> tuple[int, ...]:
    if question.type != "scale":
        return ()
    low = LOWEST if question.low is None else question.low
    high = HIGHEST if question.high is None else question.high
    return tuple(range(low, high + 1))
