"""How the citizens' pages speak: every sentence in the reader's language, or marked with the one it is in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from flask import request
from markupsafe import Markup, escape

from app.core import clock, config, i18n
from app.core.i18n import N_

REVIEWED = ("da", "en")
"""Languages a person has read through. The others say that a machine wrote them."""

_UNREVIEWED = N_("A machine translated this page. Nobody has read it yet.")
_STAFF_SIDE = ("/desk", "/kiosk")


def names() -> dict[str, Any]:
    """What templates of the citizens' pages can say; the desk and the tablet have their own ways."""
    if request.path.startswith(_STAFF_SIDE):
        return {}
    return {"gettext": say, "ngettext": say_number, "to": to, "words": words, "unreviewed": unreviewed()}


def say(message: str, **values: object) -> str:
    """The sentence in the page's language; one that is missing there comes with its own `lang`."""
    return _marked(lambda catalogue: catalogue.gettext(message), message, values)


def say_number(singular: str, plural: str, num: int, **values: object) -> str:
    """The sentence for this number."""
    written = singular if num == 1 else plural
    return _marked(lambda catalogue: catalogue.ngettext(singular, plural, num), written, {"num": num, **values})


def words(wording: tuple[str, str]) -> str:
    """A sentence of a survey, with its own `lang` where the page has another (`in_language`)."""
    sentence, lang = wording
    return _in(lang, escape(sentence))


def plain(message: str, **values: object) -> str:
    """The sentence without marks, for a list of refusals or a title."""
    return Markup(say(message, **values)).striptags()


def day(when: Any) -> str:
    """A day as people say it: "mandag 7. marts", with the digits of the posters."""
    lang = i18n.current()
    pattern = {"da": "EEEE 'd'. d. MMMM", "en": "EEEE d MMMM"}.get(lang, "EEEE d MMMM")
    return format_date(when, pattern, locale=lang if lang != "ar" else "ar_MA")


def to(path: str) -> str:
    """An address on these pages in the language of this one; nothing else remembers it."""
    lang = i18n.current()
    if lang == i18n.choose(None, request.accept_languages.best_match(i18n.LANGUAGES)):
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def unreviewed() -> str:
    """The mark of a page nobody has read in this language; empty where the page is in another anyway."""
    lang = i18n.current()
    written = _catalogue(lang).gettext(_UNREVIEWED)
    return "" if lang in REVIEWED or written == _UNREVIEWED else written


def only_read() -> None:
    """Speak a language a person has read: the promise, help and deletion are never a machine's in production."""
    if config.settings().env == "production" and i18n.current() not in REVIEWED:
        i18n.use(next(lang for lang in i18n.fallbacks(i18n.current()) if lang in REVIEWED))


def _marked(find: Callable[[NullTranslations], str], written: str, values: dict[str, object]) -> str:
    for lang in (i18n.current(), *i18n.fallbacks(i18n.current())):
        found = find(_catalogue(lang))
        if found != written or lang == "en":
            return _in(lang, _filled(found, values))
    return _in("en", _filled(written, values))


def _filled(sentence: str, values: dict[str, object]) -> Markup:
    return Markup(sentence) % values if values else Markup(sentence)  # noqa: S704 - ours; the values are escaped


def _in(lang: str, sentence: Markup) -> Markup:
    if lang == i18n.current():
        return sentence
    direction = i18n.direction(lang)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(lang, direction, sentence)


@cache
def _catalogue(lang: str) -> NullTranslations:
    return Translations.load(str(i18n.DIRECTORY), [lang])


def today_plus(days: int) -> str:
    """A day some days from now, as people say it."""
    return day(clock.today().fromordinal(clock.today().toordinal() + days))
