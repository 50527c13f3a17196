"""Lays the wording of another language over a survey, and knows whether it was read since the Danish changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from flask_babel import gettext as _

from app.surveys.questions import Option, Question, Survey, Words
from app.surveys.toml_fields import Fields

SURVEY_WORDS = ("title", "about", "about_audio", "thanks", "sms_opening")
QUESTION_WORDS = ("text", "hint", "sms", "audio")


def danish_hash(survey: Survey) -> str:
    """The sha256 of every Danish sentence in order. A translation names the one it was made from."""
    return "sha256:" + hashlib.sha256("\n".join(_danish(survey)).encode()).hexdigest()


def lay_over(survey: Survey, lang: str, file: Fields) -> Survey:
    """The survey with this language too. Changed Danish makes a translation stale, and stale means unreviewed."""
    file.must_be("format", 1)
    file.must_be("survey", survey.id)
    file.must_be("lang", lang)
    is_read = file.boolean("reviewed") and file.string("danish") == danish_hash(survey)
    worded = replace(
        survey,
        title=_with(survey.title, lang, file, "title"),
        about=_with(survey.about, lang, file, "about"),
        about_audio=_with(survey.about_audio, lang, file, "about_audio"),
        thanks=_with(survey.thanks, lang, file, "thanks"),
        sms_opening=_with(survey.sms_opening, lang, file, "sms_opening"),
        questions=_questions(survey, lang, file),
    )
    file.string("danish")
    file.nothing_else()
    return worded if is_read else replace(worded, unreviewed=(*worded.unreviewed, lang))


def missing(survey: Survey, lang: str) -> tuple[str, ...]:
    """The places that have Danish words and none in this language."""
    return tuple(place for place, words in all_words(survey) if words.get("da") and not words.get(lang))


def all_words(survey: Survey) -> Iterator[tuple[str, Words]]:
    """Every wording and where it stands, in the order of the file."""
    for name in SURVEY_WORDS:
        yield name, getattr(survey, name)
    for question in survey.questions:
        for name in QUESTION_WORDS:
            yield f"{question.id}.{name}", getattr(question, name)
        for option in question.options:
            yield f"{question.id}.{option.id}", option.words
            yield f"{question.id}.{option.id}.short", option.short


def _questions(survey: Survey, lang: str, file: Fields) -> tuple[Question, ...]:
    tables = file.table("questions")
    if tables is None:
        return survey.questions
    worded = tuple(_question(question, lang, tables.table(question.id)) for question in survey.questions)
    tables.nothing_else()
    return worded


def _question(question: Question, lang: str, file: Fields | None) -> Question:
    if file is None:
        return question
    worded = replace(
        question,
        text=_with(question.text, lang, file, "text"),
        hint=_with(question.hint, lang, file, "hint"),
        sms=_with(question.sms, lang, file, "sms"),
        audio=_with(question.audio, lang, file, "audio"),
        options=_options(question.options, lang, file.table("options"), file.table("short")),
    )
    file.nothing_else()
    return worded


def _options(options: tuple[Option, ...], lang: str, words: Fields | None, short: Fields | None) -> tuple[Option, ...]:
    worded = tuple(
        replace(
            option,
            words=_with(option.words, lang, words, option.id) if words else option.words,
            short=_with(option.short, lang, short, option.id) if short else option.short,
        )
        for option in options
    )
    for table in (words, short):
        if table:
            table.nothing_else()
    return worded


def _with(words: Words, lang: str, file: Fields, name: str) -> Words:
    sentence = file.string(name, required=False)
    if sentence and not words:
        raise file.fault(name, _("there is no Danish text to translate here"))
    return {**words, lang: sentence} if sentence else words


def _danish(survey: Survey) -> Iterator[str]:
    return (words.get("da", "") for _place, words in all_words(survey))
