"""The release as pages for people: one request, no script, figures in tables that are their own charts."""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app

from app.core import headers, i18n
from app.publication import themes, tree
from app.publication.formats import change, wording
from app.publication.formats.base import Claim, Deed, Edition, Piece, Words
from app.publication.formats.blocks import Block, Row, Table
from app.publication.formats.change import Changes
from app.publication.formats.figures import Figure, Figures
from app.publication.formats.wording import Names

LANGUAGES = ("da", "en", "ar")
ANSWERS, FIRST = "T1", "T2"
ON_THE_FRONT = ("T2", "T3", "T4", "T5")
LISTED_AS_MISSING = ("region", "kind", "site")
AREA = "A-"
"""How the code of a health-council area begins; what lies between a region and a site else is a municipality."""
MOST_DEEDS, MOST_QUOTES, MOST_CLAIMS = 5, 4, 3


HEAVIEST = 10_000
"""Bytes of a page, packed as it is sent; a longer table gets several pages."""


def render(edition: Edition) -> Iterator[Piece]:
    """The page and its sub-pages, one a table or more, as many in every language we print in."""
    changes = change.of(edition.document, edition.before)
    pages = [Page(edition, lang, changes) for lang in LANGUAGES]
    for page in pages:
        yield Piece(page.front(), "", page.lang)
    for tables in zip(*(page.tables for page in pages), strict=True):
        for page, contents in zip(pages, _light(pages, tables), strict=True):
            for number, content in enumerate(contents, 1):
                yield Piece(content, part_of(tables[0].id, number), page.lang)


def part_of(table: str, number: int) -> str:
    """The last part of the address of one page of a table: T5, T5-2, T5-3."""
    return table if number == 1 else f"{table}-{number}"


class Page:
    """One edition in one language."""

    def __init__(self, edition: Edition, lang: str, changes: Changes | None = None) -> None:
        self.edition, self.lang, self.changes = edition, lang, changes
        self.figures = Figures(edition.document)
        self.names = Names(edition.document, lang)
        self.tables = tuple(self._table(one["id"]) for one in edition.document["tables"])

    def front(self) -> bytes:
        """One sentence, what was done, the country's figures, how they are made safe."""
        by_id = {table.id: table for table in self.tables}
        return self._template(
            "web/results_release.html",
            answers=by_id[ANSWERS],
            first=by_id.get(FIRST),
            tables=[by_id[code] for code in ON_THE_FRONT if code in by_id],
            others=[table for table in self.tables if table.id not in (*ON_THE_FRONT, ANSWERS)],
            missing=[
                block.place
                for level, blocks in by_id[ANSWERS].levels
                for block in blocks
                if block.n is None and level in LISTED_AS_MISSING
            ],
            since=self.changes,
            since_period=wording.period(self.changes.period, self.lang) if self.changes else "",
            since_told=[(self._said(one.said), one) for one in self.changes.told] if self.changes else [],
            deeds=[told(deed, self.lang) for deed in self.edition.deeds[:MOST_DEEDS]],
            claims=[claimed(one, self.lang) for one in self.edition.claims[:MOST_CLAIMS]],
            quotes=[quoted(one, self.lang) for one in self.edition.quotes[:MOST_QUOTES]],
        )

    def of_table(self, table: Table, count: int = 1) -> list[bytes]:
        """Every place of one table, on so many pages."""
        pages = table.paged(count)
        parts = [part_of(table.id, number) for number in range(1, len(pages) + 1)]
        return [
            self._template("web/results_table.html", table=page, part=part, parts=parts)
            for page, part in zip(pages, parts, strict=True)
        ]

    def at(self, place: str) -> tuple[tuple[str, Block], ...]:
        """The title of every table that has rows for a place, and those rows."""
        return tuple(
            (table.title, self._block(table.id, place))
            for table in self.tables
            if place in self.figures.places(table.id)
        )

    def _template(self, name: str, **context: object) -> bytes:
        document = self.edition.document
        template = current_app.jinja_env.get_template(name)
        return template.render(
            names_of(self.lang),
            release=document,
            title=wording.period(document["period"], self.lang),
            days=wording.span(document["weeks"][0], document["weeks"][1], self.lang),
            published_on=wording.day(date.fromisoformat(document["published_on"]), self.lang),
            is_early=self.edition.is_early,
            unread=self.edition.unread,
            places=sum(1 for one in self.figures.dimensions["place"].all_leaves),
            at_a_glance=self._at_a_glance(),
            **context,
        ).encode()

    def _said(self, split: change.Said) -> str:
        """What was said: a theme by its name, a category with its table's title before it."""
        names = " · ".join(self.names.category(dimension, code) for dimension, code in split)
        table = next((one for one in self.edition.document["tables"] if one["splits"] == [split[0][0]]), None)
        return names if table is None or split[0][0] == "theme" else f"{self.names.table(table['id'])}: {names}"

    def _at_a_glance(self) -> Sequence[Figure]:
        """The figures of the first sentence: always the same ones, whatever they say."""
        country = self.figures.of(FIRST, self._country)
        return [one for one in country if one.value is not None and one.split[0][1] == "good"]

    @property
    def _country(self) -> str:
        place = self.figures.dimensions["place"]
        return next(one.code for one in place.members if one.parent is None and not one.of)

    def _table(self, code: str) -> Table:
        levels: dict[str, list[Block]] = {}
        for place in self.figures.places(code):
            levels.setdefault(self._level(place), []).append(self._block(code, place))
        return Table(code, self.names.table(code), tuple((level, tuple(found)) for level, found in levels.items()))

    def _block(self, table: str, place: str) -> Block:
        figures = self.figures.of(table, place)
        said = [one for one in figures if one.split and not one.is_ground]
        rows = tuple(Row(" · ".join(self.names.category(d.id, code) for d, code in one.split), one) for one in said)
        ground = next((one for one in figures if one.is_ground), None)
        everybody = next((one for one in self.figures.of(ANSWERS, place)), None)
        of = everybody.value if everybody else None
        if ground is None:
            return Block(self.names.place(place), of, None, rows)
        return Block(self.names.place(place), ground.value, of, rows)

    def _level(self, code: str) -> str:
        member = self.figures.dimensions["place"].by_code[code]
        if member.of:
            return "kind" if code.rpartition("/")[0] == self._country else "kind_region"
        depth = len(self.figures.dimensions["place"].above(code))
        if depth < 2:  # the country, and right under it the regions
            return ("country", "region")[depth]
        leaves = self.figures.dimensions["place"].leaves(code)
        if leaves == {code}:
            return "site"
        return "council_area" if code.startswith(AREA) else "area"


def _light(pages: Sequence[Page], tables: Sequence[Table], count: int = 1) -> list[list[bytes]]:
    """One table in every language, on as many pages as it takes where its words are longest."""
    made = [page.of_table(table, count) for page, table in zip(pages, tables, strict=True)]
    heaviest = max(len(gzip.compress(content)) for contents in made for content in contents)
    if heaviest <= HEAVIEST or count >= tables[0].places:
        return made
    return _light(pages, tables, max(count + 1, count * heaviest // HEAVIEST))


def told(deed: Deed, lang: str) -> Mapping[str, Any]:
    """What was said and done, in the language it is written in."""
    written = next(one for one in (lang, *i18n.fallbacks(lang), "da") if deed.body.get(one) and deed.said.get(one))
    return {
        "theme": " · ".join(themes.name(code, lang) for code in deed.themes),
        "lang": written,
        "said": deed.said[written],
        "body": deed.body[written],
        "is_done": deed.outcome == "did",
        "decided_by": deed.decided_by,
        "decided_on": wording.day(deed.decided_on, lang),
    }


def claimed(claim: Claim, lang: str) -> Mapping[str, str]:
    """A finding in one sentence, in the language it is written in."""
    written = next(one for one in (lang, *i18n.fallbacks(lang), "da") if claim.said.get(one))
    return {"code": claim.code, "lang": written, "said": claim.said[written]}


def quoted(words: Words, lang: str) -> Mapping[str, str]:
    """Somebody's words, with a kind of place, a region and a season."""
    return {
        "text": words.text,
        "lang": words.lang,
        "dir": i18n.direction(words.lang),
        "kind": wording.one_of_kind(words.place_kind, lang),
        "region": tree.region_names().get(words.region, words.region),
        "season": wording.season(words.season, lang),
    }


def names_of(lang: str) -> dict[str, Any]:
    """What the templates can say outside a request: a page is made once, for every reader of the language."""

    def say(message: str, **values: object) -> str:
        return i18n.translate(lang, message, **values)

    def say_number(singular: str, plural: str, num: int, **values: object) -> str:
        return i18n.translate_number(lang, singular, plural, num, **values)

    def to(path: str) -> str:
        return f"{path}?lang={lang}"

    unread = i18n.translate(lang, "A machine translated this page. Nobody has read it yet.")
    return {
        "lang": lang,
        "dir": i18n.direction(lang),
        "css": headers.CITIZEN_CSS,
        "gettext": say,
        "ngettext": say_number,
        "to": to,
        "unreviewed": "" if lang in i18n.REVIEWED else unread,
        "languages": [(code, i18n.NATIVE_NAMES[code], i18n.direction(code)) for code in LANGUAGES],
    }
