"""How many: a number between two bounds."""

from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types import numerals
from app.surveys.question_types.base import QuestionType, Reading, Shape, Unreadable, Value, take_one
from app.surveys.question_types.hints import A_NUMBER
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import UNNUMBERED, Question


class Number(QuestionType):
    """ "12 nætter" is 12 here; no comment is kept."""

    name = "number"
    shape = Shape(bounds=("low", "high"))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        low, high = question.low or 0, question.high or 0
        reading = numerals.on_scale(said, language, low=low, high=high, units=True)
        return Value(reading.value) if isinstance(reading, Value) else Unreadable()

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """The digits of the field, or one of the options beside it."""
        if len(posted) == 1 and posted[0] in UNNUMBERED:
            return take_one(posted, question)
        if len(posted) != 1:
            return Unreadable()
        return numerals.digits(posted[0], low=question.low or 0, high=question.high or 0)

    def hint(self, question: Question, lang: str) -> str:
        """Which numbers."""
        return translate(lang, A_NUMBER, low=question.low, high=question.high)
