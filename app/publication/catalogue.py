"""The closed catalogue of a year: which tables there are, at which places, for which periods.

What is not in it is never counted for the public. Places come in as data; which sites have a row of
their own is decided before the year, never by what was counted.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.publication import crossings, periods
from app.publication.dimensions import Cell, Dimensions
from app.publication.periods import Period
from app.publication.places import Places
from app.publication.variables import Name

DIRECTORY = Path(__file__).resolve().parents[2] / "content" / "catalogue"
_KINDS = ("month", "quarter", "half", "year")


class CatalogueRefused(Refusal):
    """A catalogue file with a fault: which table, and why."""


class NotATable(Refusal):
    """No such table is published."""


class NotAPlaceForThisTable(Refusal):
    """The table is never published for that place."""


class NotAPeriodForThisPlace(Refusal):
    """The table is published for that place, but not that often."""


@dataclass(frozen=True)
class Variable:
    """One way to split answers, as in the JSON of a release."""

    id: str
    kind: str
    members: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Table:
    """A table: its splits, the members printed of each, and the levels of place per kind of period."""

    id: str
    title: Mapping[str, str]
    splits: tuple[str, ...]
    show: tuple[tuple[str, ...], ...]
    levels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Catalogue:
    """A year of tables."""

    id: str
    year: int
    k: int
    min_n: int
    variables: Mapping[str, Variable] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def release_id(self, period: Period) -> str:
        """2027-Q1, and 2027-Q1-text for the texts of that quarter."""
        return period.code if self.id == str(self.year) else f"{period.code}-text"

    def table(self, code: str) -> Table:
        """The table of this code."""
        found = next((table for table in self.tables if table.id == code), None)
        if found is None:
            raise NotATable(_("%(table)s is not one of our tables.", table=code))
        return found

    def dimensions_json(self, places: Places) -> list[dict[str, Any]]:
        """`dimensions` of a release: whole trees, always."""
        calendar = [
            {"code": one.code, "parent": one.parent.code if one.parent else None} for one in periods.of_year(self.year)
        ]
        return [
            {"id": "place", "kind": "tree", "base": True, "members": places.members_json()},
            {"id": "period", "kind": "tree", "base": True, "members": calendar},
            *({"id": one.id, "kind": one.kind, "members": list(one.members)} for one in self.variables.values()),
        ]

    def dimensions(self, places: Places) -> Dimensions:
        """The same, for the guard."""
        return Dimensions.from_json(self.dimensions_json(places))


@dataclass(frozen=True)
class Planned:
    """A cell of a table, in the order of the page."""

    table: str
    cell: Cell


def planned_cells(catalogue: Catalogue, period: Period, places: Places) -> tuple[Planned, ...]:
    """Every cell of a release: table by table, place by place, never by size."""
    if period.year != catalogue.year:
        raise periods.NotAPeriod(
            _("%(code)s is outside the catalogue of %(year)s.", code=period.code, year=catalogue.year)
        )
    return tuple(
        Planned(
            table.id, Cell.at({"place": place, "period": period.code, **dict(zip(table.splits, codes, strict=True))})
        )
        for table in catalogue.tables
        for place in places.at(table.levels[period.kind])
        for codes in product(*table.show)
    )


def refuse_unplanned(catalogue: Catalogue, places: Places, *, table: str, place: str, period: str) -> None:
    """Refuse, with a sentence, to tell what is not in the catalogue."""
    asked, wanted = periods.parse(period), catalogue.table(table)
    if place not in places.at({level for levels in wanted.levels.values() for level in levels}):
        raise NotAPlaceForThisTable(_("%(table)s is not published for %(place)s.", table=table, place=place))
    if asked.year != catalogue.year or place not in places.at(wanted.levels[asked.kind]):
        raise NotAPeriodForThisPlace(
            _("%(table)s is not published for %(place)s in %(period)s.", table=table, place=place, period=period)
        )


def is_written(year: int) -> bool:
    """Whether there is a catalogue for a year."""
    return (DIRECTORY / f"{year}.toml").is_file()


def texts_id(year: int) -> str:
    """The catalogue of the texts of a year: another population than its answers, so another set of tables."""
    return f"{year}-texts"


def of_year(year: int, *, directory: Path = DIRECTORY) -> Catalogue:
    """The catalogue of a year, from its file."""
    return _of_file(directory / f"{year}.toml", year)


def texts_of_year(year: int) -> Catalogue:
    """The catalogue of the texts of a year."""
    return _of_file(DIRECTORY / f"{texts_id(year)}.toml", year)


def _of_file(path: Path, year: int) -> Catalogue:
    if not path.is_file():
        raise CatalogueRefused(_("There is no catalogue for %(year)s.", year=year))
    return load(path.read_text(encoding="utf-8"), path.name)


def load(text: str, filename: str) -> Catalogue:
    """Read a catalogue, and refuse one that names what it does not have, or crosses in circles."""
    try:
        written = tomllib.loads(text)
        variables = {one["id"]: _variable(one) for one in written["variables"]}
        tables = tuple(_table(one, variables) for one in written["tables"])
        found = Catalogue(
            filename.removesuffix(".toml"), written["year"], written["k"], written["min_n"], variables, tables
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise CatalogueRefused(f"{filename}: {error}") from error
    refuse_circles(_crossings(found))
    return found


def refuse_circles(crossed: Iterable[Sequence[str]]) -> None:
    """Refuse crossings (`rating` × `theme:KOM`) that form a ring."""
    crossings.refuse_circles([_name(one) for one in pair] for pair in crossed)


def _crossings(catalogue: Catalogue) -> Iterable[tuple[str, ...]]:
    """Each crossed pair; a sub-theme goes by its theme."""
    for table in catalogue.tables:
        if len(table.splits) > 1:
            flags = [
                [f"{split}:{code.partition('.')[0]}" for code in codes]
                if catalogue.variables[split].kind == "flags"
                else [split]
                for split, codes in zip(table.splits, table.show, strict=True)
            ]
            yield from product(*flags)


def _name(written: str) -> Name:
    dimension, _colon, flag = written.partition(":")
    return dimension, flag


def _variable(written: Mapping[str, Any]) -> Variable:
    root = [{"code": "all", "parent": None}] if written["kind"] == "tree" else []
    around = "all" if written["kind"] == "tree" else None
    return Variable(written["id"], written["kind"], (*root, *(_member(one, around) for one in written["members"])))


def _member(written: Mapping[str, Any], around: str | None) -> dict[str, Any]:
    parent = written.get("parent", around)
    kept = {key: written[key] for key in ("ground", "asserts") if key in written}
    return {"code": written["code"]} | ({"parent": parent} if parent else {}) | kept | {"label": written["da"]}


def _table(written: Mapping[str, Any], variables: Mapping[str, Variable]) -> Table:
    splits = tuple(written.get("splits", ()))
    show = tuple(tuple(codes) for codes in written.get("show", ()))
    known = [{member["code"] for member in variables[split].members} for split in splits]
    if len(show) != len(splits) or any(set(codes) - have for codes, have in zip(show, known, strict=True)):
        raise CatalogueRefused(_("%(table)s shows something it does not split by.", table=written["id"]))
    levels = {kind: tuple(written.get(kind, ())) for kind in _KINDS}
    return Table(written["id"], written["title"], splits, show, levels)
