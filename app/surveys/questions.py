"""What a survey is made of: questions, options and their wordings. Values only; reading a file is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.core.i18n import fallbacks

Words = Mapping[str, str]
"""Language → wording."""

UNNUMBERED = frozenset({"unknown", "declined"})
"""Options that are an answer but never a line of the menu: "ved ikke" and "vil ikke svare"."""


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen; `short` is its word in an SMS menu."""

    id: str
    words: Words
    short: Words = field(default_factory=dict)
    picture: str | None = None
    theme: str | None = None


@dataclass(frozen=True)
class Condition:
    """The question is asked only after one of these answers to an earlier one."""

    question: str
    any_of: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One question, worded for every channel. `max`, `top`, `low` and `high` belong to the types that use them."""

    id: str
    type: str
    text: Words
    measure: str | None = None
    hint: Words = field(default_factory=dict)
    sms: Words = field(default_factory=dict)
    audio: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    only_at: frozenset[str] = frozenset()
    """The kinds of places it is asked at; every place where it names none."""
    max: int | None = None
    top: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def menu(self) -> tuple[Option, ...]:
        """The options that carry a number, in order."""
        return tuple(option for option in self.options if option.id not in UNNUMBERED)

    def offers(self, option_id: str) -> bool:
        """Whether this can be chosen here."""
        return any(option.id == option_id for option in self.options)


@dataclass(frozen=True)
class Survey:
    """One version of a survey, frozen when it is published."""

    id: str
    version: int
    channels: tuple[str, ...]
    minutes: int
    title: Words
    about: Words
    about_audio: Words
    thanks: Words
    sms_opening: Words
    questions: tuple[Question, ...]
    unreviewed: tuple[str, ...] = ()
    """Languages whose wording nobody has read since the Danish last changed."""

    def question(self, question_id: str) -> Question:
        """The question of this id; asking for one that is not there is a bug."""
        return self._by_id[question_id]

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}


def asked_at(survey: Survey, kind: str | None) -> Survey:
    """The survey as it is asked at a place of this kind; None is no place, where what names kinds is not asked."""
    asked = tuple(question for question in survey.questions if not question.only_at or kind in question.only_at)
    return survey if len(asked) == len(survey.questions) else replace(survey, questions=asked)


def in_language(words: Words, lang: str) -> tuple[str, str]:
    """The sentence and the language it is really in: Greenlandic falls back to Danish, others to English first."""
    for candidate in (lang, *fallbacks(lang), "da", "en"):
        if words.get(candidate):
            return words[candidate], candidate
    return "", lang
