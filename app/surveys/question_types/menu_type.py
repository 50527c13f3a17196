"""What the questions with one choice from a list share."""

from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types import labels, menus
from app.surveys.question_types.base import QuestionType, Reading, Shape, take_one
from app.surveys.question_types.hints import A_NUMBER
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import Question


class OneOfAMenu(QuestionType):
    """Two to nine options with words; a number, a letter or a label answers."""

    shape = Shape(least_options=2, most_options=9)

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        return menus.read_one(said, question, language, labels.of(question, language))

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """One option."""
        return take_one(posted, question)

    def hint(self, question: Question, lang: str) -> str:
        """Which numbers."""
        return translate(lang, A_NUMBER, low=1, high=len(question.menu))
