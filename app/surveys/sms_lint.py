"""What a survey must satisfy on telephones that show one text at a time and are billed by the part."""

import re
from collections.abc import Iterator
from functools import cache

from flask_babel import gettext as _

from app.surveys import dear_signs, ways, wordlists
from app.surveys.fault import Fault
from app.surveys.plain_signs import downgrade
from app.surveys.question_types import whole
from app.surveys.question_types.whole import Phrase
from app.surveys.questions import Option, Question, Survey, Words
from app.surveys.segments import segments
from app.surveys.sites import RESERVED_CODE
from app.surveys.sms_languages import most_segments

MOST_QUESTIONS = 4
_HOUSE_LANGUAGES = ("da", "en")
_SKIP = {"da": "SPRING", "en": "SKIP"}
_PROMISE = {"da": ("Gadens Stemme", "nummer", "navn", "STOP", "112"),
            "en": ("Gadens Stemme", "number", "name", "STOP", "112")}  # fmt: skip
"""What the first message says: who we are, that the number is not kept, no names, how to stop, and 112."""

_ADDRESS = re.compile(
    r"\w+://|www\.|\b[\w-]+\.(?:dk|com|org|net|eu|gl|info|nu|app|io|ly|me|link|gov|biz|uk|se|no|de|shop|site|page|gg|to)\b",
    re.IGNORECASE,
)
_SITE_CODE = re.compile(r"[^\W\d_]{2,4}[\s.-]?\d{1,3}")
_PRINTED_CODE = re.compile(r"\b[A-ZÆØÅ]{2,4}\d{1,3}\b")
_WE_ANSWER = re.compile(
    r"\bvi (?:svarer|ringer|skriver tilbage|vender tilbage)\b|\bdu får (?:et )?svar\b"
    r"|\bwe(?: will|'ll)? (?:answer|call|reply|write back|get back)\b",
    re.IGNORECASE,
)
# Twilio and phone companies may take these for themselves, also in the middle of a conversation.
_TAKEN_BY_CARRIERS = re.compile(r"\b(?:YES|END|CANCEL|QUIT|HELP|INFO|START)\b")
_OF_THE_SCALE = ("smiley_5", "smiley_3", "scale", "number")


def check(survey: Survey) -> list[Fault]:
    """Every reason not to ask this by text message."""
    faults = [*_length(survey), *_opening(survey)]
    for place, question in enumerate(survey.questions):
        opening: Words = survey.sms_opening if place == 0 else {}
        faults += [*_texts(question, opening), *_menu(question), *_options(question)]
        faults += _skip(question) if place else ()
    return faults


def _length(survey: Survey) -> Iterator[Fault]:
    longest = ways.longest(survey)
    if longest > MOST_QUESTIONS:
        reason = _(
            "One way through asks %(count)s questions. By SMS %(most)s is the most.", count=longest, most=MOST_QUESTIONS
        )
        yield Fault(survey.id, reason)


def never_sent(text: str) -> Iterator[str]:
    """What no text message of ours may hold, in any language and whatever it costs."""
    if _ADDRESS.search(text):
        yield _("No web addresses: Danish phone companies stop messages that hold one.")
    if any(mark in text for mark in "!¡！"):
        yield _("No exclamation marks: they sound like shouting.")
    if emoji := next((sign for sign in text if dear_signs.is_emoji(sign)), None):
        yield _("No emoji: “%(sign)s” makes the message dear, and old telephones show a box.", sign=emoji)
    if code := next((code for code in _PRINTED_CODE.findall(text) if code != RESERVED_CODE), None):
        yield _("“%(code)s” could be a real place. Only %(example)s stands for one.", code=code, example=RESERVED_CODE)
    if promised := _WE_ANSWER.search(text):
        yield _("“%(words)s” promises an answer. Nobody answers by text message.", words=promised.group())


def _opening(survey: Survey) -> Iterator[Fault]:
    """The promise goes out with the first question."""
    for lang in _HOUSE_LANGUAGES:
        first = f"{survey.sms_opening.get(lang, '')} {survey.questions[0].sms.get(lang, '')}"
        for needed in _PROMISE[lang]:
            if needed not in first:
                yield Fault(f"sms_opening.{lang}", _("The first message must say “%(word)s”.", word=needed))


def _texts(question: Question, opening: Words) -> Iterator[Fault]:
    for lang in _HOUSE_LANGUAGES:
        if not question.sms.get(lang):
            yield Fault(f"{question.id}.sms.{lang}", _("The question has no SMS text."))
    for lang, text in question.sms.items():
        yield from _text(f"{question.id}.sms.{lang}", lang, f"{opening.get(lang, '')} {text}".strip())


def _text(where: str, lang: str, text: str) -> Iterator[Fault]:
    if lang in _HOUSE_LANGUAGES:
        for sign in dear_signs.all_in(text):
            yield Fault(where, sign.advice)
    cost, most = segments(downgrade(text, lang)), most_segments(lang)
    if cost.segments > most:
        reason = _(
            "%(units)s units are %(count)s messages. %(most)s is the most.",
            units=cost.units,
            count=cost.segments,
            most=most,
        )
        yield Fault(where, reason)
    for reason in never_sent(text):
        yield Fault(where, reason)
    if lang == "en" and (taken := _TAKEN_BY_CARRIERS.search(text)):
        yield Fault(where, _("Never ask for “%(word)s”: the provider may answer it itself.", word=taken.group()))


def _skip(question: Question) -> Iterator[Fault]:
    """Every question can be passed over. The first has no room to say so; a hint there says it."""
    for lang, word in _SKIP.items():
        if word not in question.sms.get(lang, ""):
            yield Fault(f"{question.id}.sms.{lang}", _("The text must say “%(word)s”: all can be skipped.", word=word))


def _menu(question: Question) -> Iterator[Fault]:
    """The text must show every number with its word, or the bounds of a scale."""
    if question.type in _OF_THE_SCALE:
        yield from _bounds(question)
        return
    for lang in _HOUSE_LANGUAGES:
        said = whole.folded(question.sms.get(lang, ""))
        for number, option in enumerate(question.menu, start=1):
            if not any(_stands(said, (str(number), *label)) for label in _labels(option, lang)):
                reason = _("The menu lacks “%(number)s %(label)s”.", number=number, label=_menu_word(option, lang))
                yield Fault(f"{question.id}.sms.{lang}", reason)


def _bounds(question: Question) -> Iterator[Fault]:
    low, high = _low_and_high(question)
    for lang in _HOUSE_LANGUAGES:
        text = question.sms.get(lang, "")
        if f"{low}-{high}" not in text:
            wanted = f"{low}-{high}"
            yield Fault(f"{question.id}.sms.{lang}", _("The text must say “%(bounds)s”.", bounds=wanted))


def _low_and_high(question: Question) -> tuple[int, int]:
    if question.type in ("smiley_5", "smiley_3"):
        return 1, len(question.menu)
    return question.low or 0, 10 if question.high is None else question.high


def _options(question: Question) -> Iterator[Fault]:
    for option in question.options:
        here = f"{question.id}.{option.id}"
        labels = {f"{here}.{lang}": label for lang, label in option.words.items()}
        labels |= {f"{here}.short.{lang}": label for lang, label in option.short.items()}
        for where, label in labels.items():
            if whole.folded(label) in _reserved():
                reason = _("“%(label)s” is a reserved word and would never reach the question.", label=label)
                yield Fault(where, reason)
            if _SITE_CODE.fullmatch(label):
                yield Fault(where, _("“%(label)s” looks like the code of a place.", label=label))


def _labels(option: Option, lang: str) -> list[Phrase]:
    return [whole.folded(wording[lang]) for wording in (option.short, option.words) if lang in wording]


def _menu_word(option: Option, lang: str) -> str:
    return option.short.get(lang) or option.words.get(lang, option.id)


def _stands(said: Phrase, wanted: Phrase) -> bool:
    return any(said[place : place + len(wanted)] == wanted for place in range(len(said)))


@cache
def _reserved() -> frozenset[Phrase]:
    lists = wordlists.load("reserved_words.toml")["words"].values()
    return frozenset(whole.folded(word) for by_language in lists for words in by_language.values() for word in words)
