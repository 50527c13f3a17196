"""Languages: which there are, how a sentence is found in one, and how a page chooses its own."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel

LANGUAGES = ("da", "en", "kl", "pl", "ro", "ar", "fa", "so")
NATIVE_NAMES = {
    "da": "Dansk", "en": "English", "kl": "Kalaallisut", "pl": "Polski",
    "ro": "Română", "ar": "العربية", "fa": "فارسی", "so": "Soomaali",
}  # fmt: skip
REVIEWED = ("da", "en")
"""Languages whose sentences a person has read through. In the others a machine wrote them, and the pages say so."""
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
DIRECTORY = Path(__file__).resolve().parents[2] / "translations"

babel = Babel()


def init(app: Flask) -> None:
    """Lets templates and views speak the language of the request."""
    app.config["BABEL_DEFAULT_LOCALE"] = "da"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(DIRECTORY)
    babel.init_app(app, locale_selector=_page_language)


def N_(msgid: str) -> str:  # noqa: N802 - the name gettext's extractors know
    """Marks a constant for the catalogues; it is translated where it is shown."""
    return msgid


def translate(lang: str, msgid: str, **values: object) -> str:
    """The sentence in `lang`, else by the fallback of that language, else as written (English)."""
    for candidate in (lang, *fallbacks(lang)):
        found = _catalogue(candidate).gettext(msgid)
        if found != msgid or candidate == "en":
            return found % values if values else found
    return msgid % values if values else msgid


def translate_number(lang: str, singular: str, plural: str, num: int, **values: object) -> str:
    """The sentence for this number in `lang`, by the same fallbacks; `num` is one of its values."""
    written = singular if num == 1 else plural
    for candidate in (lang, *fallbacks(lang)):
        found = _catalogue(candidate).ngettext(singular, plural, num)
        if found != written or candidate == "en":
            return found % {"num": num, **values}
    return written % {"num": num, **values}


def fallbacks(lang: str) -> tuple[str, ...]:
    """Where a missing sentence is looked for next: Greenlandic falls back to Danish, others to English first."""
    if lang in ("kl", "en"):
        return ("da",)
    return ("en", "da") if lang != "da" else ()


def direction(lang: str) -> str:
    """The `dir` of a page in this language."""
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def choose(asked: str | None, accepted: str | None) -> str:
    """`?lang=` wins, else what the browser accepts, else Danish. Nothing is remembered."""
    if asked in LANGUAGES:
        return asked
    return accepted if accepted in LANGUAGES else "da"


def use(lang: str) -> None:
    """Speak `lang` for the rest of this request (a survey carries its own language)."""
    g.lang = lang


def current() -> str:
    """The language of this request, Danish outside one."""
    if not has_request_context():
        return "da"
    if "lang" not in g:
        g.lang = choose(request.args.get("lang"), request.accept_languages.best_match(LANGUAGES))
    return str(g.lang)


def _page_language() -> str:
    return current()


@cache
def _catalogue(lang: str) -> NullTranslations:
    return Translations.load(str(DIRECTORY), [lang])
