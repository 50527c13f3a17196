"""Whether a survey can be heard: on a tablet nobody has their own screen reader, so every question must speak."""

from collections.abc import Callable, Iterator

from flask_babel import gettext as _

from app.surveys import prompts
from app.surveys.fault import Fault
from app.surveys.questions import Survey, Words
from app.surveys.word_lint import HOUSE_LANGUAGES

IsRecorded = Callable[[str, str], bool]
"""Whether a person has read a text in, in a language."""


def by_nobody(text: str, lang: str) -> bool:
    """Where only the prompts that ship with the product count."""
    return False


def check(survey: Survey, channel: str, is_recorded: IsRecorded = by_nobody) -> Iterator[Fault]:
    """Every prompt that is too long; on the tablet also what is silent."""
    for where, words in prompts.asked(survey):
        for lang, text in words.items():
            if len(text.split()) > prompts.MOST_WORDS:
                yield Fault(f"{where}.{lang}", _("More than 26 spoken words are hard to keep in mind."))
        if channel == "kiosk":
            yield from _heard(survey.id, where, words, is_recorded)


def _heard(survey_id: str, where: str, words: Words, is_recorded: IsRecorded) -> Iterator[Fault]:
    for lang in HOUSE_LANGUAGES:
        text = words.get(lang, "")
        if not text:
            yield Fault(f"{where}.{lang}", _("There are no words to read aloud."))
        elif not is_recorded(text, lang) and (reason := _silent(f"{survey_id}.{where}", text, lang)):
            yield Fault(f"{where}.{lang}", reason)


def _silent(place: str, text: str, lang: str) -> str | None:
    """Why nothing would be heard; None if something is."""
    name = prompts.find(text, lang)
    if name is None and prompts.is_stale(place, lang):
        return _("The recording says something else: the words were changed after it.")
    if name is None:
        return _("Nobody has read this aloud yet: there is no recording.")
    if not prompts.is_whole(name):
        return _("The recording is missing or damaged: %(name)s.", name=name)
    if prompts.manifest()[name].size > prompts.MOST_BYTES:
        return _("The recording is larger than 20 kB.")
    return None
