"""Puts the words of another language into a survey that is being written, one place at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.surveys.questions import Option, Question, Survey, Words
from app.surveys.wordings import QUESTION_WORDS, SURVEY_WORDS


@dataclass(frozen=True)
class Translation:
    """The words of one language by place: `title`, `today.text`, `today.1`, `today.1.short`."""

    lang: str
    words: Mapping[str, str]

    def put(self, place: str, known: Words) -> Words:
        """The wordings with this language's in place of what it had; nothing where there is no Danish."""
        others = {lang: text for lang, text in known.items() if lang != self.lang}
        said = " ".join(self.words.get(place, "").split()) if known.get("da") else ""
        return {**others, self.lang: said} if said else others


def reworded(survey: Survey, translation: Translation, *, is_read: bool) -> Survey:
    """The survey with these words and no others of their language.

    `is_read` says whether a person who speaks it has read all of them against the Danish.
    """
    own: dict[str, Any] = {name: translation.put(name, getattr(survey, name)) for name in SURVEY_WORDS}
    unread = {*survey.unreviewed} - {translation.lang} | (set() if is_read else {translation.lang})
    questions = tuple(_question(question, translation) for question in survey.questions)
    return replace(survey, **own, questions=questions, unreviewed=tuple(sorted(unread)))


def _question(question: Question, translation: Translation) -> Question:
    own: dict[str, Any] = {
        name: translation.put(f"{question.id}.{name}", getattr(question, name)) for name in QUESTION_WORDS
    }
    return replace(question, **own, options=tuple(_option(question, one, translation) for one in question.options))


def _option(question: Question, option: Option, translation: Translation) -> Option:
    here = f"{question.id}.{option.id}"
    return replace(
        option, words=translation.put(here, option.words), short=translation.put(f"{here}.short", option.short)
    )
