"""What a survey must satisfy before it opens on a channel. Every fault says where and why, in a sentence."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.i18n import LANGUAGES
from app.surveys import audio_lint, flow_lint, screen_lint, sms_lint, word_lint, wordings
from app.surveys.fault import Fault
from app.surveys.questions import Survey

__all__ = ["Fault", "LanguageState", "check", "languages"]

_SMS_ONLY = ("sms", "short", "sms_opening")
_HEARD = ("audio", "about_audio")


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far a language is: reviewed, unreviewed (stale counts as that), or with sentences missing."""

    lang: str
    state: str
    missing: tuple[str, ...]


def check(
    survey: Survey,
    channel: str,
    *,
    pictures: Collection[str] | None = None,
    is_recorded: audio_lint.IsRecorded = audio_lint.by_nobody,
) -> list[Fault]:
    """Every reason not to open this survey on this channel; empty when it may open.

    `pictures` are the names of the pictures that exist, if not those we draw. `is_recorded` tells which prompts
    a person has read in, beside those that ship with the product.
    """
    faults = [*flow_lint.check(survey), *word_lint.check(survey, channel), *_languages(survey, channel)]
    if channel == "sms":
        return faults + sms_lint.check(survey)
    faults += screen_lint.check(survey, pictures)
    if channel != "paper":
        faults += audio_lint.check(survey, channel, is_recorded)
    return faults


def languages(survey: Survey) -> list[LanguageState]:
    """Each language's state, for the people who decide which to switch on."""
    return [_language(survey, lang) for lang in LANGUAGES]


def _language(survey: Survey, lang: str) -> LanguageState:
    missing = wordings.missing(survey, lang)
    if missing:
        return LanguageState(lang, "missing", missing)
    return LanguageState(lang, "unreviewed" if lang in survey.unreviewed else "reviewed", ())


def _languages(survey: Survey, channel: str) -> Iterator[Fault]:
    """A language that counts as read must be whole; one nobody has read falls back sentence by sentence."""
    for lang in LANGUAGES:
        if lang in survey.unreviewed or lang not in survey.title:
            continue
        for place in wordings.missing(survey, lang):
            if _is_met(place, channel):
                yield Fault(f"{place}.{lang}", _("The sentence is missing in “%(lang)s”.", lang=lang))


def _is_met(place: str, channel: str) -> bool:
    name = place.rpartition(".")[2]
    if name in _SMS_ONLY:
        return channel == "sms"
    return channel != "sms" if name in _HEARD else True
