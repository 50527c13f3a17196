"""The `top` most important things of a menu, the first named first."""

from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types.base import QuestionType, Reading, Shape, Unreadable, Value, take_several
from app.surveys.question_types.hints import IN_ORDER
from app.surveys.question_types.lists import read_several
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import UNNUMBERED, Question


class Rank(QuestionType):
    """The answer keeps the order it was said in."""

    name = "rank"
    shape = Shape(least_options=2, most_options=9, bounds=("top",))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        ranked = read_several(said, question, language)
        if ranked is None or len(ranked) > (question.top or 1):
            return Unreadable()
        return Value(ranked)

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """The choices in the order they were made."""
        ranked = take_several(posted, question, most=question.top or 1)
        if ranked is None:
            return Unreadable()
        return Value(ranked[0]) if ranked[0] in UNNUMBERED else Value(ranked)

    def hint(self, question: Question, lang: str) -> str:
        """How many numbers, and that the first counts most."""
        return translate(lang, IN_ORDER, most=question.top or 1, high=len(question.menu))
