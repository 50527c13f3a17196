"""Yes or no, with "partly" between them where the question offers it."""

from app.core.i18n import translate
from app.surveys.question_types import labels, menus
from app.surveys.question_types.base import Reading, Shape
from app.surveys.question_types.hints import YES_NO, YES_PARTLY_NO
from app.surveys.question_types.menu_type import OneOfAMenu
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken, signs
from app.surveys.questions import Question


class YesNo(OneOfAMenu):
    """A menu that also knows how people say yes, no and partly, in words and with a thumb."""

    name = "yes_no"
    shape = Shape(least_options=2, most_options=3, only_options=("yes", "partly", "no"))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        spoken = (
            (lang, option.id, phrase) for option in question.menu for lang, phrase in language.yes_no.get(option.id, ())
        )
        known = labels.of(question, language, also=spoken)
        return menus.read_one(said, question, language, known, signs().thumbs)

    def hint(self, question: Question, lang: str) -> str:
        """What each number stands for."""
        ids = [option.id for option in question.menu]
        if ids == ["yes", "partly", "no"]:
            return translate(lang, YES_PARTLY_NO)
        return translate(lang, YES_NO) if ids == ["yes", "no"] else super().hint(question, lang)
