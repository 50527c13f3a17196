"""What periods, tables, places and answers are called, in the reader's language (content/catalogue/names.json).

Names are content, not sentences: what is frozen must not depend on which translations were compiled that day.
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date

from app.core import i18n, weeks
from app.publication import themes
from app.publication.catalogue import DIRECTORY
from app.publication.formats.base import Document
from app.publication.formats.figures import labels


def period(code: str, lang: str) -> str:
    """'2027-Q1' as people say it; a month by its name."""
    year, _, part = code.partition("-")
    if part.startswith("M"):
        written = format_date(date(int(year), int(part[1:]), 1), "LLLL yyyy", locale=lang)
        return written[:1].upper() + written[1:]
    return _named(lang, "periods", part or "year").format(year=year)


def release(catalogue: str, code: str, lang: str) -> str:
    """What a release is called: its period, and whether it is about the texts."""
    name = period(code, lang)
    return _named(lang, "texts").format(period=name) if catalogue.endswith("-texts") else name


def season(code: str, lang: str) -> str:
    """'2027-spring' as people say it."""
    year, _, name = code.partition("-")
    return _named(lang, "seasons", name).format(year=year)


def one_of_kind(kind: str, lang: str) -> str:
    """'A street house': where somebody said something."""
    return _named(lang, "kind", kind) or kind


def day(when: date, lang: str) -> str:
    """A date as people say it."""
    return format_date(when, "d. MMMM yyyy" if lang == "da" else "d MMMM yyyy", locale=lang)


def span(first_week: str, last_week: str, lang: str) -> tuple[str, str]:
    """The first and the last day of some weeks."""
    return day(weeks.monday(first_week), lang), day(weeks.sunday(last_week), lang)


def answer(year: str, dimension: str, code: str, lang: str) -> str:
    """An answer or a theme of a year's catalogue in another language than Danish; '' where nobody wrote one."""
    own = _named(lang, "members", dimension, code)
    if own or dimension != "theme":
        return own or _catalogued(year, lang).get((dimension, code), "")
    name = themes.name(code, lang)
    return "" if name == code else name


class Names:
    """What a document calls things, and in another language where we know the word."""

    def __init__(self, document: Document, lang: str) -> None:
        self._lang = lang
        self._catalogue = document["catalogue"]
        self._written = {one["id"]: labels(document, one["id"]) for one in document["dimensions"]}
        self._titles: Mapping[str, Mapping[str, str]] = {one["id"]: one["title"] for one in document["tables"]}
        places = next(one["members"] for one in document["dimensions"] if one["id"] == "place")
        self._groups = {one["code"] for one in places if one.get("of")}
        self._roots = {one["code"] for one in places if one.get("parent") is None} - self._groups

    def table(self, code: str) -> str:
        """The title of a table."""
        titles = self._titles[code]
        return titles.get(self._lang) or _named(self._lang, "tables", code) or titles.get("da", code)

    def place(self, code: str) -> str:
        """A place; a kind of place in a region says both."""
        written = self._written["place"][code]
        if code in self._roots:
            return written if self._lang == "da" else _named(self._lang, "country") or written
        if code not in self._groups:
            return written
        around, _, kind = code.rpartition("/")
        name = _named(self._lang, "kinds", kind) or written
        if around in self._roots:
            return name
        return _named(self._lang, "kind_in_region").format(kind=name, region=self._written["place"].get(around, around))

    def category(self, dimension: str, code: str) -> str:
        """An answer, or a theme."""
        written = self._written[dimension].get(code, code)
        if self._lang == "da":
            return written
        return answer(self._catalogue, dimension, code, self._lang) or written

    def called(self, dimension: str, code: str) -> str:
        """A member of any dimension: a place, a period, an answer."""
        if dimension == "place":
            return self.place(code)
        return period(code, self._lang) if dimension == "period" else self.category(dimension, code)


def _named(lang: str, *path: str) -> str:
    """The name in this language or those it falls back to; '' where nobody wrote one."""
    for candidate in (lang, *i18n.fallbacks(lang), "da"):
        found: Any = _names().get(candidate, {})
        for step in path:
            found = found.get(step, {}) if isinstance(found, dict) else {}
        if isinstance(found, str):
            return found
    return ""


@cache
def _names() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((DIRECTORY / "names.json").read_text("utf-8"))
    return content


@cache
def _catalogued(year: str, lang: str) -> Mapping[tuple[str, str], str]:
    """Answers as the catalogue words them in its second language."""
    path = DIRECTORY / f"{year}.toml"
    if lang == "da" or not path.is_file():
        return {}
    variables = tomllib.loads(path.read_text("utf-8"))["variables"]
    return {(one["id"], member["code"]): member["en"] for one in variables for member in one["members"]}
