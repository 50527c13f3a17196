"""What a survey must satisfy before it opens on a channel. Every fault says where and why, in a sentence."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.i18n import LANGUAGES
from app.surveys import plain_language, sms_lint, ways, wordings
from app.surveys.fault import Fault
from app.surveys.questions import Question, Survey, Words

__all__ = ["Fault", "LanguageState", "check", "languages"]

_MOST_QUESTIONS = 8
_MOST_OPTIONS = 9
_MOST_LABEL = 30
_MOST_SPOKEN_WORDS = 26
_PICTURE_SOURCES = ("own", "tabler")
_HOUSE_LANGUAGES = ("da", "en")


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far a language is: reviewed, unreviewed (stale counts as that), or with sentences missing."""

    lang: str
    state: str
    missing: tuple[str, ...]


def check(survey: Survey, channel: str, *, pictures: Collection[str] | None = None) -> list[Fault]:
    """Every reason not to open this survey on this channel; empty when it may open.

    `pictures` are the names of the pictures that exist; without it only their form is looked at.
    """
    faults = [*_flow(survey), *_wording(survey)]
    if channel == "sms":
        faults += sms_lint.check(survey)
    if channel in ("kiosk", "web", "paper"):
        faults += _pictures(survey, pictures)
    if channel == "kiosk":
        faults += _spoken(survey)
    return faults


def lix(survey: Survey) -> float:
    """Over the whole survey: a single question is too short for the figure to mean anything."""
    read = " ".join(words.get("da", "") for _where, words in _read_texts(survey) if words)
    return plain_language.lix(read)


def languages(survey: Survey) -> list[LanguageState]:
    """Each language's state, for the people who decide which to switch on."""
    return [_language(survey, lang) for lang in LANGUAGES]


def _language(survey: Survey, lang: str) -> LanguageState:
    missing = wordings.missing(survey, lang)
    if missing:
        return LanguageState(lang, "missing", missing)
    return LanguageState(lang, "unreviewed" if lang in survey.unreviewed else "reviewed", ())


def _flow(survey: Survey) -> Iterator[Fault]:
    longest = ways.longest(survey)
    if longest > _MOST_QUESTIONS:
        reason = _(
            "One way through asks %(count)s questions. %(most)s is the most.", count=longest, most=_MOST_QUESTIONS
        )
        yield Fault(survey.id, reason)


def _wording(survey: Survey) -> Iterator[Fault]:
    for where, words in _read_texts(survey):
        for lang in _HOUSE_LANGUAGES:
            if "!" in words.get(lang, ""):
                yield Fault(f"{where}.{lang}", _("No exclamation marks: they sound like shouting."))
        yield from _danish(f"{where}.da", words.get("da", ""))
    for question in survey.questions:
        yield from _question_marks(question)
    yield from _lix(survey)


def _danish(where: str, text: str) -> Iterator[Fault]:
    if sentence := plain_language.long_sentence(text):
        yield Fault(where, _("More than 15 words in one sentence: “%(sentence)s”", sentence=sentence))
    if word := plain_language.long_word(text):
        yield Fault(where, _("“%(word)s” has more than 14 letters.", word=word))
    if word := plain_language.avoided_word(text):
        yield Fault(where, _("“%(word)s” is a word we do not use about people.", word=word))


def _question_marks(question: Question) -> Iterator[Fault]:
    for lang, text in question.text.items():
        if sum(text.count(mark) for mark in "?؟") > 1:
            yield Fault(
                f"{question.id}.text.{lang}", _("One question at a time: there is more than one question mark.")
            )


def _lix(survey: Survey) -> Iterator[Fault]:
    if (found := lix(survey)) > plain_language.HIGHEST_LIX:
        yield Fault(f"{survey.id}.da", _("LIX is %(lix)s. It may be 25 at most.", lix=round(found)))


def _read_texts(survey: Survey) -> Iterator[tuple[str, Words]]:
    """What a person reads on a page or hears; an SMS menu is a list and is looked at elsewhere."""
    for name in ("title", "about", "about_audio", "thanks"):
        yield name, getattr(survey, name)
    for question in survey.questions:
        for name in ("text", "hint", "audio"):
            yield f"{question.id}.{name}", getattr(question, name)


def _pictures(survey: Survey, known: Collection[str] | None) -> Iterator[Fault]:
    for question in survey.questions:
        if len(question.menu) > _MOST_OPTIONS:
            yield Fault(question.id, _("More than 9 options do not fit on a screen."))
        for option in question.options:
            where = f"{question.id}.{option.id}"
            for lang, label in option.words.items():
                if len(label) > _MOST_LABEL:
                    yield Fault(f"{where}.{lang}", _("“%(label)s” is longer than 30 characters.", label=label))
            if option.picture and not _is_picture(option.picture, known):
                yield Fault(f"{where}.picture", _("There is no picture called “%(name)s”.", name=option.picture))


def _is_picture(name: str, known: Collection[str] | None) -> bool:
    source, _colon, rest = name.partition(":")
    return source in _PICTURE_SOURCES and bool(rest) and (known is None or name in known)


def _spoken(survey: Survey) -> Iterator[Fault]:
    for question in survey.questions:
        for lang, text in question.audio.items():
            if len(text.split()) > _MOST_SPOKEN_WORDS:
                yield Fault(f"{question.id}.audio.{lang}", _("More than 26 spoken words are hard to keep in mind."))
