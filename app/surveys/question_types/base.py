"""What a question type does: reads an answer from a text or a form, and says in one sentence what to send."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from app.surveys.question_types import whole
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken, spoken
from app.surveys.questions import UNNUMBERED, Question


@dataclass(frozen=True, slots=True)
class Value:
    """An answer: an option id, a number, words, or several ids; and what was said beside it."""

    value: str | tuple[str, ...]
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """The question was passed over, or the person would not say."""

    kind: Literal["skipped", "declined"] = "skipped"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Nothing we can take as an answer without guessing."""


Reading = Value | Skip | Unreadable


@dataclass(frozen=True, slots=True)
class Shape:
    """What a question of this type needs in its definition; `bounds` are the numbers it must name."""

    least_options: int = 0
    most_options: int = 0
    only_options: tuple[str, ...] | None = None
    bounds: tuple[str, ...] = ()
    optional_bounds: tuple[str, ...] = ()


class QuestionType(ABC):
    """One way of asking. An instance holds nothing; everything it needs comes with the question."""

    name: ClassVar[str]
    shape: ClassVar[Shape]
    is_words: ClassVar[bool] = False

    def read(self, raw: str, question: Question, lang: str) -> Reading:
        """The answer in a text message. Never guessed: no nearest value, no typo distance, no sentiment."""
        said = Said.of(raw)
        language = spoken(lang)
        return self._passed_over(said, question, language) or self._read(said, question, language)

    @abstractmethod
    def _read(self, said: Said, question: Question, language: Spoken) -> Reading:
        """The answer in a text that is no skip."""

    @abstractmethod
    def take(self, posted: Sequence[str], question: Question) -> Reading:
        """The answer in the fields of a form; nothing chosen is Unreadable."""

    @abstractmethod
    def hint(self, question: Question, lang: str) -> str:
        """One sentence that says what to send."""

    def _passed_over(self, said: Said, question: Question, language: Spoken) -> Reading | None:
        if whole.is_one_of(said.words, language.skip, language.fillers):
            return Skip("skipped")
        if said.words in language.decline or said.words in _own_words(question, "declined", language):
            return Value("declined") if question.offers("declined") else Skip("declined")
        if self.is_words:
            return None  # "ved ikke" is an answer where words are asked for
        if said.is_question_mark or said.words in language.unsure:
            return Value("unknown") if question.offers("unknown") else Skip("skipped")
        if said.words in _own_words(question, "unknown", language):
            return Value("unknown")
        return None


def _own_words(question: Question, option_id: str, language: Spoken) -> set[tuple[str, ...]]:
    """What the question itself calls "ved ikke" or "vil ikke svare"."""
    return {
        whole.folded(option.words[lang])
        for option in question.options
        if option.id == option_id
        for lang in language.langs
        if lang in option.words
    }


def chosen(posted: Sequence[str]) -> tuple[str, ...]:
    """The option ids of a form, each once, blanks left out."""
    return tuple(dict.fromkeys(value.strip() for value in posted if value.strip()))


def take_one(posted: Sequence[str], question: Question) -> Reading:
    """Exactly one of the question's options."""
    ids = chosen(posted)
    if len(ids) == 1 and question.offers(ids[0]):
        return Value(ids[0])
    return Unreadable()


def take_several(posted: Sequence[str], question: Question, *, most: int) -> tuple[str, ...] | None:
    """Up to `most` options of the menu, or one that stands alone ("ved ikke"); None for anything else."""
    ids = chosen(posted)
    if not ids or not all(question.offers(option_id) for option_id in ids):
        return None
    stands_alone = len(ids) > 1 and bool(UNNUMBERED.intersection(ids))
    return None if len(ids) > most or stands_alone else ids
