"""How citizens' pages speak: every sentence in the reader's language, or marked with the one it is in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

from app.core import config, i18n
from app.core.i18n import N_
from app.surveys import promises
from app.surveys.questions import in_language

_UNREVIEWED = N_("A machine translated this page. Nobody has read it yet.")
_DAY = {"da": "EEEE d. MMMM"}


def say(message: str, **values: object) -> Markup:
    """The sentence in the page's language; one that is missing there comes with its own `lang`."""
    langs = promises.may_be_said(message, (i18n.current(), *i18n.fallbacks(i18n.current())))
    return _marked(langs, lambda catalogue: catalogue.gettext(message), message, values)


def say_number(singular: str, plural: str, num: int, **values: object) -> Markup:
    """The sentence for this number."""
    written = singular if num == 1 else plural
    langs = (i18n.current(), *i18n.fallbacks(i18n.current()))
    return _marked(langs, lambda catalogue: catalogue.ngettext(singular, plural, num), written, {"num": num, **values})


def worded(wording: Mapping[str, str]) -> Markup:
    """A wording of the content, with its own `lang` where the page has another."""
    sentence, lang = in_language(wording, i18n.current())
    return _in(lang, escape(sentence))


def day(when: date, lang: str | None = None) -> str:
    """A day as people say it, "lørdag 7. marts", with the digits that stand on posters. Else in the page's language."""
    lang = lang or i18n.current()
    return format_date(when, _DAY.get(lang, "EEEE d MMMM"), locale=lang)


def unreviewed() -> str:
    """The mark of a page nobody has read in this language; empty where the page speaks another anyway."""
    lang = i18n.current()
    return "" if lang in i18n.REVIEWED else _catalogue(lang).gettext(_UNREVIEWED)


def only_read() -> None:
    """Use a language a person has read: the promise, help and deletion are never a machine's in production."""
    if config.settings().env == "production" and i18n.current() not in i18n.REVIEWED:
        use_a_read_one()


def use_a_read_one() -> None:
    """The language a person has read that stands in for the page's."""
    i18n.use(next(other for other in i18n.fallbacks(i18n.current()) if other in i18n.REVIEWED))


def own(lang: str, message: str) -> str:
    """The sentence in exactly this language, with its placeholders; empty where it may not be said or is missing."""
    if not promises.may_be_said(message, (lang,)):
        return ""
    return str(_catalogue(lang).gettext(message)) or (message if lang == "en" else "")


def _marked(
    langs: Iterable[str], find: Callable[[NullTranslations], str], written: str, values: dict[str, object]
) -> Markup:
    for lang in langs:
        found = find(_catalogue(lang)) or (written if lang == "en" else "")
        if found:
            return _in(lang, _filled(found, lang, values))
    return _in("en", _filled(written, "en", values))


def _filled(sentence: str, lang: str, values: dict[str, object]) -> Markup:
    """The sentence with its values; a date is named in the language of the sentence, which may not be the page's."""
    ours = Markup(sentence)  # noqa: S704 - written by us; what is filled in is escaped
    named = {name: day(value, lang) if isinstance(value, date) else value for name, value in values.items()}
    return ours % named if named else ours


def _in(lang: str, sentence: Markup) -> Markup:
    if lang == i18n.current():
        return sentence
    return Markup('<span lang="{}" dir="{}">{}</span>').format(lang, i18n.direction(lang), sentence)


class _Nothing(NullTranslations):
    """Answers for a sentence that a catalogue lacks; the sentence itself would not tell "Start" from "Start"."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def _catalogue(lang: str) -> NullTranslations:
    catalogue = Translations.load(str(i18n.DIRECTORY), [lang])
    catalogue.add_fallback(_Nothing())
    return catalogue
