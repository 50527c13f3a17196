"""What the two smiley questions share: a short scale that can also be answered with faces and stars."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from app.core.i18n import translate
from app.surveys.question_types import emblems, labels, numerals
from app.surveys.question_types.base import QuestionType, Reading, Shape, Unreadable, Value, take_one
from app.surveys.question_types.hints import A_NUMBER
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken, signs
from app.surveys.questions import Question

_UNLISTED_FACES = range(0x1F600, 0x1F645)  # emoticons; one we do not know may contradict one we do


class Faces(QuestionType):
    """Numbered from 1 to `top`, worst first."""

    top: ClassVar[int]

    @property
    def shape(self) -> Shape:  # type: ignore[override]  # one definition for both scales
        """Every step once, and "ved ikke" or "vil ikke svare" if wished."""
        return Shape(self.top, self.top, tuple(str(step) for step in range(1, self.top + 1)))

    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        reading = numerals.on_scale(said, language, low=1, high=self.top) or self._drawn(said)
        if reading is None and (option := labels.of(question, language).get(said.words)):
            return Value(option)  # only as the whole text: "godt nok dårligt" is not godt
        return reading or Unreadable()

    def _drawn(self, said: Said) -> Reading | None:
        known, meanings = signs(), self._meanings()
        if any(ord(sign) in _UNLISTED_FACES and sign not in meanings for sign in said.visible):
            return None
        by_stars = emblems.stars(said, known.stars, known.empty_stars, high=self.top)
        return by_stars or emblems.read(said, meanings)

    def _meanings(self) -> Mapping[str, str]:
        return signs().faces

    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """One face."""
        return take_one(posted, question)

    def hint(self, question: Question, lang: str) -> str:
        """Which numbers."""
        return translate(lang, A_NUMBER, low=1, high=self.top)
