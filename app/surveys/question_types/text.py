"""The person's own words."""

import unicodedata
from collections.abc import Sequence

from app.core.i18n import translate
from app.surveys.question_types.base import QuestionType, Reading, Shape, Skip, Unreadable, Value
from app.surveys.question_types.hints import WORDS
from app.surveys.question_types.said import Said, tidy
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import Question

MOST_IN_A_FORM = 2000
"""Longer ones are handed back to be shortened, never cut in silence."""


class Text(QuestionType):
    """Kept as said, only tidied. Whoever stores it seals it."""

    name = "text"
    shape = Shape()
    is_words = True

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        return _words(said.original)

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """The words of the field; an empty field passes the question over."""
        if len(posted) != 1 or len(posted[0]) > MOST_IN_A_FORM:
            return Unreadable()
        words = tidy(posted[0], MOST_IN_A_FORM)
        return _words(words) if words else Skip("skipped")

    def hint(self, question: Question, lang: str) -> str:
        """In words."""
        return translate(lang, WORDS)


def _words(words: str) -> Reading:
    """It must hold a letter, a digit or an emoji."""
    says_something = any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in words)
    return Value(words) if says_something else Unreadable()
