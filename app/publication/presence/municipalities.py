"""The municipalities of Denmark and the health-council areas they lie in (content/municipalities.toml)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core import folding
from app.core.config import ROOT

_FILE = ROOT / "content" / "municipalities.toml"
_ENDING = re.compile(r"s?(?: kommune| regionskommune)?$")
"""Københavns Kommune is København, and Bornholms Regionskommune is Bornholm."""


_LAST = str.maketrans("æøå", "{|}")
"""The three letters behind z; å is also written aa."""


@dataclass(frozen=True)
class Area:
    """The area of a health council; its region as it is from 2027."""

    key: str
    name: str
    region: str

    @property
    def place(self) -> str:
        """Its code in our tables."""
        return f"A-{self.key}"


@dataclass(frozen=True)
class Municipality:
    """One municipality, by its official code; `tile` is column and row on the tile map."""

    code: str
    name: str
    region: str
    area: str
    tile: tuple[int, int]

    @property
    def place(self) -> str:
        """Its code in our tables."""
        return f"K-{folding.fold(self.name)}"


def areas() -> Sequence[Area]:
    """Every area, north to south and west to east as in the file: never by size."""
    return _read().areas


def every() -> Sequence[Municipality]:
    """Every municipality, by code."""
    return _read().municipalities


def by_code(code: str) -> Municipality | None:
    """The municipality of an official code; leading noughts do not matter."""
    return _read().by_code.get(code.strip().lstrip("0"))


def named(name: str) -> Municipality | None:
    """The municipality of this name, with or without "Kommune" behind it."""
    return _read().by_name.get(_bare(name))


def of_area(key: str) -> list[Municipality]:
    """The municipalities of an area, alphabetically."""
    return sorted((one for one in every() if one.area == key), key=lambda one: in_order(one.name))


def in_order(name: str) -> str:
    """What names are put in Danish order by: Ærø behind Svendborg, and Aabenraa last."""
    return name.casefold().replace("aa", "å").translate(_LAST)


def area_of(municipality: str, year: int) -> Area | None:
    """The area a municipality counts under in our tables of a year; None before there were areas."""
    found = named(municipality)
    if found is None or year < _read().areas_from:
        return None
    return next(one for one in areas() if one.key == found.area)


@dataclass(frozen=True)
class _Written:
    areas_from: int
    areas: tuple[Area, ...]
    municipalities: tuple[Municipality, ...]
    by_code: Mapping[str, Municipality]
    by_name: Mapping[str, Municipality]


@cache
def _read() -> _Written:
    written = tomllib.loads(_FILE.read_text("utf-8"))
    found = tuple(_municipality(one) for one in written["municipalities"])
    return _Written(
        written["areas_from"],
        tuple(Area(one["key"], one["name"], one["region"]) for one in written["areas"]),
        found,
        {one.code: one for one in found},
        {_bare(one.name): one for one in found},
    )


def _municipality(written: Mapping[str, Any]) -> Municipality:
    column, row = written["tile"]
    return Municipality(written["code"], written["name"], written["region"], written["area"], (column, row))


def _bare(name: str) -> str:
    return _ENDING.sub("", folding.fold(name.strip()))
