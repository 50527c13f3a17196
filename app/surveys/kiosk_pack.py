"""What a tablet takes along: the open survey of its place in every language, sentences, sounds, pictures, help.

A wording stands under the languages it has; what a language lacks is left out, and the tablet falls back by itself.
"""

import json
from typing import Any

from app.core import config, i18n
from app.core.config import ROOT
from app.privacy import kiosk_boxes, wordlist
from app.privacy.kiosk_boxes import KioskKey
from app.surveys import (
    audio,
    help_lines,
    kiosk_hours,
    kiosk_sentences,
    kiosk_settings,
    kiosks,
    pictures,
    prompts,
    speaking,
    versions,
)  # fmt: skip
from app.surveys.models import Kiosk, Site
from app.surveys.questions import Option, Question, Survey, Words, in_language

FORMAT = 1
MOST_HELP = 6
"""Help lines a tablet keeps by it, most urgent first."""
SOUND = "/kiosk/audio/"
PROMISE = ("no_name", "no_must", "no_change")
"""What is said before the first question, by the names of the sentences."""
ALONE = frozenset({"unknown", "declined"})
"""Options that are chosen alone, and stand apart."""
STAFF_LANGUAGES = ("da", "en")
_BUTTONS = ROOT / "app" / "static" / "kiosk" / "pictures.json"


def of(device: Kiosk, key: KioskKey, said: Words | None = None) -> dict[str, Any]:
    """Everything one tablet needs; `said` is one line of what was told back, `key` what answers are sealed to."""
    site, settings = device.site, kiosk_settings.of(device)
    survey = open_survey(site)
    langs = languages(site)
    return {
        "v": FORMAT,
        "site": _site(site),
        "langs": [_language(lang, survey) for lang in langs],
        "ui": {lang: _sentences(lang) for lang in langs},
        "spoken": {key: _sounds(words, langs) for key, words in prompts.sentences().items()},
        "survey": _survey(survey, langs) if survey else None,
        "pictures": _pictures(survey),
        "words": list(wordlist.words()[:1024]),
        "help": {lang: help_lines_of(site, lang) for lang in langs},
        "said": dict(said) if said else None,
        "device": kiosks.device_name(device),
        "key": {"kid": key.kid, "pk": kiosk_boxes.text(key.point)},
        "pin": device.pin,
        "promise": [*PROMISE, *(["keeps"] if settings["keep_partial"] else [])],
        "settings": settings,
    }


def open_survey(site: Site) -> Survey | None:
    """What is asked on the place's tablets now; None while it is not asking."""
    return versions.open_at(site, site.kiosk_survey)


def languages(site: Site) -> list[str]:
    """The languages of the place, in our order."""
    return [lang for lang in i18n.LANGUAGES if lang in site.languages] or ["da"]


def _site(site: Site) -> dict[str, Any]:
    return {"code": site.code, "name": site.name, "hours": kiosk_hours.of_week(site.hours)}


def _language(lang: str, survey: Survey | None) -> dict[str, Any]:
    unreviewed = lang not in i18n.REVIEWED or (survey is not None and lang in survey.unreviewed)
    return {
        "code": lang,
        "name": i18n.NATIVE_NAMES[lang],
        "dir": i18n.direction(lang),
        "instead": tuple(dict.fromkeys((*i18n.fallbacks(lang), "da", "en"))),
        "unreviewed": unreviewed,
    }


def _sentences(lang: str) -> dict[str, str]:
    for_all = kiosk_sentences.FOR_CITIZENS
    msgids = {**for_all, **kiosk_sentences.FOR_STAFF} if lang in STAFF_LANGUAGES else for_all
    return {key: sentence for key, msgid in msgids.items() if (sentence := speaking.own(lang, msgid))}


def _survey(survey: Survey, langs: list[str]) -> dict[str, Any]:
    return {
        "id": survey.id,
        "version": survey.version,
        "minutes": survey.minutes,
        "title": _in(survey.title, langs),
        "about": _in(survey.about, langs),
        "audio": _sounds(survey.about_audio, langs),
        "thanks": _in(survey.thanks, langs),
        "questions": [_question(question, langs) for question in survey.questions],
    }


def _question(question: Question, langs: list[str]) -> dict[str, Any]:
    shown = question.show_if
    return {
        "id": question.id,
        "type": question.type,
        "free": question.type in kiosk_sentences.FREE,
        "text": _in(question.text, langs),
        "hint": _in(question.hint, langs) or _usual_hint(question, langs),
        "audio": _sounds(question.audio, langs),
        "options": [_option(option, langs) for option in question.options],
        "show_if": {"question": shown.question, "is": sorted(shown.any_of)} if shown else None,
        "max": question.max,
        "top": question.top,
        "low": question.low,
        "high": question.high,
    }


def _option(option: Option, langs: list[str]) -> dict[str, Any]:
    return {
        "id": option.id,
        "words": _in(option.words, langs),
        "audio": _sounds(option.words, langs),
        "alone": option.id in ALONE,
        "picture": option.picture if option.picture and pictures.get(option.picture) else None,
    }


def _usual_hint(question: Question, langs: list[str]) -> dict[str, str]:
    """What a question of this type says where its survey says nothing."""
    hint = kiosk_sentences.HINTS.get(question.type)
    said = {lang: speaking.own(lang, hint) for lang in _kept(langs)} if hint else {}
    bounds = {"low": question.low, "high": question.high}
    return {lang: sentence % bounds for lang, sentence in said.items() if sentence}


def _in(words: Words, langs: list[str]) -> dict[str, str]:
    """The wordings of these languages, and of those they fall back to."""
    return {lang: words[lang] for lang in _kept(langs) if words.get(lang)}


def _kept(langs: list[str]) -> list[str]:
    wanted = {*langs, *(other for lang in langs for other in i18n.fallbacks(lang))}
    return [lang for lang in i18n.LANGUAGES if lang in wanted]


def _sounds(words: Words, langs: list[str]) -> dict[str, str]:
    return {lang: f"{SOUND}{prompt.name}" for lang in langs if (prompt := audio.prompt(words, lang))}


def _pictures(survey: Survey | None) -> dict[str, str]:
    """Name → path data, in a square of 24 by 24; every line begins with an absolute place, so they join."""
    buttons = {name: one for name, one in json.loads(_BUTTONS.read_text("utf-8")).items() if name.startswith("ui:")}
    drawn = pictures.of(survey).values() if survey else ()
    return {**buttons, **{one.name: "".join(one.paths) for one in drawn}}


def help_lines_of(site: Site, lang: str) -> list[dict[str, str]]:
    """112 and the nearest lines, each as one sentence and its number; in production never a machine's words."""
    if lang not in i18n.REVIEWED and config.settings().env == "production":
        lang = next(other for other in i18n.fallbacks(lang) if other in i18n.REVIEWED)
    book = help_lines.current()
    lines = help_lines.for_place(book, municipality=site.municipality, region=site.region, lang=lang)
    return [
        {
            "name": in_language(line.name, lang)[0],
            "number": line.number or "",
            "what": help_lines.say(line, lang),
            "lang": in_language(line.say, lang)[1],  # lines are worded only in languages somebody has read
        }
        for line in lines[:MOST_HELP]
    ]
