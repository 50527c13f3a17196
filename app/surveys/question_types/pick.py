"""Up to `max` things from a menu, in no order."""

from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types.base import QuestionType, Reading, Shape, Unreadable, Value, take_several
from app.surveys.question_types.hints import A_NUMBER, SEVERAL
from app.surveys.question_types.lists import read_several
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import UNNUMBERED, Question


class Pick(QuestionType):
    """The answer keeps the menu's order, so the same choice is the same value."""

    name = "pick"
    shape = Shape(least_options=2, most_options=9, bounds=("max",))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        picked = read_several(said, question, language)
        if picked is None or len(picked) > (question.max or 1):
            return Unreadable()
        return Value(_in_menu_order(picked, question))

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """The ticked boxes."""
        picked = take_several(posted, question, most=question.max or 1)
        if picked is None:
            return Unreadable()
        return Value(picked[0]) if picked[0] in UNNUMBERED else Value(_in_menu_order(picked, question))

    def hint(self, question: Question, lang: str) -> str:
        """How many numbers, and which."""
        high = len(question.menu)
        if (question.max or 1) == 1:
            return translate(lang, A_NUMBER, low=1, high=high)
        return translate(lang, SEVERAL, most=question.max, high=high)


def _in_menu_order(picked: tuple[str, ...], question: Question) -> tuple[str, ...]:
    return tuple(option.id for option in question.options if option.id in picked)
