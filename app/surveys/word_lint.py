"""Whether the words of a survey are easy to read, and are words we use about people."""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from app.surveys import plain_language
from app.surveys.fault import Fault
from app.surveys.questions import Question, Survey, Words

HOUSE_LANGUAGES = ("da", "en")
_ASIDE = re.compile(r"\b(?:Fare|Danger)\?")
"""The line about danger in a text message is no second question."""


def check(survey: Survey, channel: str) -> Iterator[Fault]:
    """Every hard, hurtful or shouting word a person meets on this channel; a list is not read as sentences."""
    for where, words in (*_read(survey), *_labels(survey, channel)):
        yield from _shouting(where, words)
    for where, words in _read(survey):
        if sentence := plain_language.long_sentence(words.get("da", "")):
            reason = _("More than 15 words in one sentence: “%(sentence)s”", sentence=sentence)
            yield Fault(f"{where}.da", reason)
    for where, words in (*_read(survey), *_labels(survey, channel), *_texted(survey, channel)):
        yield from _unfit(where, words)
    for question in survey.questions:
        yield from _question_marks(question, channel)
    if (found := lix(survey)) > plain_language.HIGHEST_LIX:
        yield Fault(f"{survey.id}.da", _("LIX is %(lix)s. It may be 25 at most.", lix=round(found)))


def lix(survey: Survey) -> float:
    """Over the whole survey: a single question is too short for the figure to mean anything."""
    return plain_language.lix("\n".join(words.get("da", "") for _where, words in _read(survey) if words))


def _read(survey: Survey) -> Iterator[tuple[str, Words]]:
    """What a person reads on a page or hears, in sentences."""
    for name in ("title", "about", "about_audio", "thanks"):
        yield name, getattr(survey, name)
    for question in survey.questions:
        for name in ("text", "hint", "audio"):
            yield f"{question.id}.{name}", getattr(question, name)


def _labels(survey: Survey, channel: str) -> Iterator[tuple[str, Words]]:
    for question in survey.questions:
        for option in question.options:
            yield f"{question.id}.{option.id}", option.words
            if channel == "sms":
                yield f"{question.id}.{option.id}.short", option.short


def _texted(survey: Survey, channel: str) -> Iterator[tuple[str, Words]]:
    if channel == "sms":
        yield "sms_opening", survey.sms_opening
        for question in survey.questions:
            yield f"{question.id}.sms", question.sms


def _shouting(where: str, words: Words) -> Iterator[Fault]:
    for lang, text in words.items():
        if any(mark in text for mark in "!¡！"):
            yield Fault(f"{where}.{lang}", _("No exclamation marks: they sound like shouting."))
        if lang in HOUSE_LANGUAGES and (word := plain_language.shouted_word(text)):
            yield Fault(f"{where}.{lang}", _("“%(word)s” is in capitals, which sounds like shouting.", word=word))


def _unfit(where: str, words: Words) -> Iterator[Fault]:
    if word := plain_language.long_word(words.get("da", "")):
        yield Fault(f"{where}.da", _("“%(word)s” has more than 14 letters.", word=word))
    for lang in HOUSE_LANGUAGES:
        text = words.get(lang, "")
        if word := plain_language.avoided_word(text, lang):
            yield Fault(f"{where}.{lang}", _("“%(word)s” is a word we do not use about people.", word=word))
        if phrase := plain_language.blaming(text):
            yield Fault(f"{where}.{lang}", _("Ask about the place, not the life: “%(phrase)s” blames.", phrase=phrase))
        if word := plain_language.placeholder(text):
            yield Fault(f"{where}.{lang}", _("“%(word)s” is only a placeholder.", word=word))


def _question_marks(question: Question, channel: str) -> Iterator[Fault]:
    """One thing at a time; a hint that asks is a second question."""
    for lang, text in question.text.items():
        if _marks(text + question.hint.get(lang, "")) > 1:
            yield _two_questions(f"{question.id}.text.{lang}")
    heard = [("audio", question.audio)]
    for name, words in [*heard, ("sms", question.sms)] if channel == "sms" else heard:
        for lang in HOUSE_LANGUAGES:
            if _marks(_ASIDE.sub("", words.get(lang, ""))) > 1:
                yield _two_questions(f"{question.id}.{name}.{lang}")


def _two_questions(where: str) -> Fault:
    return Fault(where, _("One question at a time: there is more than one question mark."))


def _marks(text: str) -> int:
    return sum(text.count(mark) for mark in "?؟？")
