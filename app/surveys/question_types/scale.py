"""A scale from 0 to 10, or other bounds the question names."""

from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types import numerals
from app.surveys.question_types.base import QuestionType, Reading, Shape, Unreadable, take_one
from app.surveys.question_types.hints import A_NUMBER
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import UNNUMBERED, Question

_LOW, _HIGH = 0, 10


class Scale(QuestionType):
    """A number; words beside it are kept as a comment."""

    name = "scale"
    shape = Shape(optional_bounds=("low", "high"))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        low, high = _bounds(question)
        return numerals.on_scale(said, language, low=low, high=high) or Unreadable()

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """One step of the scale, or one of the options beside it."""
        if len(posted) == 1 and posted[0] in UNNUMBERED:
            return take_one(posted, question)
        low, high = _bounds(question)
        return numerals.digits(posted[0], low=low, high=high) if len(posted) == 1 else Unreadable()

    def hint(self, question: Question, lang: str) -> str:
        """Which numbers."""
        low, high = _bounds(question)
        return translate(lang, A_NUMBER, low=low, high=high)


def _bounds(question: Question) -> tuple[int, int]:
    return (
        _LOW if question.low is None else question.low,
        _HIGH if question.high is None else question.high,
    )
