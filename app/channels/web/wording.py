"""What the templates of the citizens' pages can say, and how their addresses keep the language."""

from typing import Any

from flask import request

from app.core import config, db, headers, i18n
from app.surveys import audio, pictures, queries
from app.surveys.questions import Words
from app.surveys.speaking import day, only_read, say, say_number, unreviewed, use_a_read_one, worded

__all__ = ["day", "heard", "names", "only_read", "say", "say_number", "to", "unreviewed", "worded"]


def names() -> dict[str, Any]:
    """What templates of the citizens' pages can say; the desk and the tablet have their own ways."""
    if headers.is_of_the_desk() or request.path.startswith("/kiosk"):
        return {}
    return {
        "gettext": say,
        "ngettext": say_number,
        "to": to,
        "worded": worded,
        "picture": pictures.get,
        "heard": heard,
        "unreviewed": unreviewed(),
    }


def to(path: str) -> str:
    """An address on these pages in the language of this one; nothing else remembers it."""
    lang = i18n.current()
    if lang == i18n.choose(None, request.accept_languages.best_match(i18n.LANGUAGES)):
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def heard(wording: Words) -> str | None:
    """The address of the sound of a wording in the page's language, if there is one."""
    found = audio.prompt(wording, i18n.current())
    return f"/lyd/{found.name}" if found else None


def only_chosen() -> None:
    """In production a language nobody has read is shown only where some place chose it (at a place: where it did)."""
    lang = i18n.current()
    if request.method != "GET" or config.settings().env != "production" or lang in i18n.REVIEWED:
        return
    db.begin_reading()
    if not any(lang in site.languages for site in queries.sites()):
        use_a_read_one()
