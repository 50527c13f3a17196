"""The tree of places of a year, built from the sites we listen at and `content/catalogue/places.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from app.core import folding
from app.publication.catalogue import DIRECTORY
from app.publication.places import Place, Places
from app.publication.presence import municipalities
from app.publication.presence.municipalities import Area
from app.surveys import queries
from app.surveys.models import Site


def of_year(year: int) -> Places:
    """Every site there is, also those nobody answered at, under their municipality and region of that year."""
    return build(queries.sites(), year)


def country() -> Places:
    """The country alone: nobody counts by place how texts were dealt with."""
    written = _written()["country"]
    return Places([Place(written["code"], "country", None, written["da"])], {})


def build(sites: Sequence[Site], year: int) -> Places:
    """The tree over these sites. Places stand alphabetically, never by size."""
    written = _written()
    country = Place(written["country"]["code"], "country", None, written["country"]["da"])
    own_rows = set(written["own_rows"].get(str(year), ()))
    by_region: dict[str, list[Site]] = {}
    for site in sites:
        by_region.setdefault(region_key(site.region, year), []).append(site)
    places = [country]
    for region in sorted(_regions(year), key=lambda one: folding.fold(one["da"])):
        places.append(Place(region["code"], "region", country.code, region["da"]))
        places += _below(region["code"], by_region.get(region["key"], ()), own_rows, year)
    return Places(places, written["kinds"])


def above(site: Site, year: int) -> frozenset[str]:
    """The codes a site lies in, its own with them and the country's not: what is about one of them is about it."""
    region = region_of(site.region, year)
    kinds = (f"{place}/{site.kind}" for place in (region, str(_written()["country"]["code"])))
    areas = (area.place for name in _halts(site) if (area := municipalities.area_of(name, year)))
    return frozenset({site.code, region, *kinds, *areas, *(f"K-{folding.fold(name)}" for name in _halts(site))})


def region_key(key: str, year: int) -> str:
    """The region a site belongs to in a year: two of them become one in 2027."""
    known = {one["key"]: one for one in _written()["regions"]}
    region = known[key]
    return str(region["becomes"]) if year > region.get("until", year) else key


def region_of(key: str, year: int) -> str:
    """The code in our tables of the region a site belongs to in a year."""
    wanted = region_key(key, year)
    return next(str(one["code"]) for one in _written()["regions"] if one["key"] == wanted)


def regions_of(year: int) -> tuple[str, ...]:
    """The place codes of the regions there are in a year."""
    return tuple(str(one["code"]) for one in _regions(year))


def region_names() -> Mapping[str, str]:
    """What each region is called, by place code."""
    return {one["code"]: one["da"] for one in _written()["regions"]}


def kind_names() -> Mapping[str, str]:
    """What sites of each kind are called together."""
    names: Mapping[str, str] = _written()["kinds"]
    return names


def _regions(year: int) -> Iterable[Mapping[str, Any]]:
    for region in _written()["regions"]:
        if region.get("from", year) <= year <= region.get("until", year):
            yield region


def _below(region: str, sites: Iterable[Site], own_rows: set[str], year: int) -> Iterable[Place]:
    """Areas, municipalities and sites; before there were areas, the region's municipalities at once.

    A mobile unit that halts in several municipalities hangs under their area, or under the region if it crosses areas.
    """
    by_area: dict[Area | None, list[Site]] = {}
    for site in sites:
        by_area.setdefault(_area(site, year), []).append(site)
    for area in sorted(by_area, key=lambda one: folding.fold(one.name) if one else ""):
        if area:
            yield Place(area.place, "area", region, area.name)
        yield from _of_area(area.place if area else region, by_area[area], own_rows)


def _of_area(around: str, sites: Iterable[Site], own_rows: set[str]) -> Iterable[Place]:
    """Municipalities with their sites; first what moves between them."""
    by_municipality: dict[str, list[Site]] = {}
    for site in sites:
        halts = _halts(site)
        by_municipality.setdefault("" if len(halts) > 1 else site.municipality, []).append(site)
    for name in sorted(by_municipality, key=folding.fold):
        parent = f"K-{folding.fold(name)}" if name else around
        if name:
            yield Place(parent, "municipality", around, f"{name} Kommune")
        for site in sorted(by_municipality[name], key=lambda one: one.name):
            yield Place(site.code, "site", parent, site.name, site.kind, site.code in own_rows)


def _area(site: Site, year: int) -> Area | None:
    """The one area a site works in; None where it crosses areas, or before there were any."""
    areas = {municipalities.area_of(name, year) for name in _halts(site)}
    return areas.pop() if len(areas) == 1 else None


def _halts(site: Site) -> set[str]:
    return {stop.municipality for stop in site.stops} | {site.municipality}


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads((DIRECTORY / "places.toml").read_text("utf-8"))
