"""A country that is heard for three years: 98 municipalities, 60 sites, and every release of every quarter.

Only what the guard reads is made: the places, the catalogue of each year, and how many said what where and when.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from typing import Any

from app.publication import catalogue, periods
from app.publication.catalogue import Catalogue
from app.publication.counts import Counts
from app.publication.periods import Period
from app.publication.places import Place, Places

YEARS = (2027, 2028, 2029)
REGIONS = {"R-nord": (11, 2), "R-midt": (19, 4), "R-syd": (22, 4), "R-ost": (46, 7)}
"""Municipalities and health-council areas by region, as they are."""
KINDS = {"street_house": "Gadens Huse", "mobile_unit": "Mobile enheder", "consumption_room": "Stofindtagelsesrum"}
MOBILE_AT_LARGE = 2
"""Every so many mobile units cross areas, and hang under their region."""

Person = Mapping[str, Any]
"""A place, a month, and what was said: a code in each tree, a set of codes among flags."""


@dataclass(frozen=True)
class Country:
    """How many sites there are, and how many answers each gives a quarter on average."""

    sites: int = 60
    answers: int = 40
    regions: Mapping[str, tuple[int, int]] = field(default_factory=lambda: REGIONS)

    @cached_property
    def places(self) -> Places:
        """The whole tree, unused municipalities too; every second site has a row of its own."""
        tree = [Place("DK", "country", None, "Hele landet")]
        municipalities: list[str] = []
        for region, (count, parts) in self.regions.items():
            tree.append(Place(region, "region", "DK", region))
            areas = [f"{region}-{nth}" for nth in range(parts)]
            tree += [Place(area, "area", region, area) for area in areas]
            for _ in range(count):
                municipalities.append(f"K{len(municipalities) + 1:03}")
                area = areas[len(municipalities) % len(areas)]
                tree.append(Place(municipalities[-1], "municipality", area, municipalities[-1]))
        parents = {place.code: place.parent or "" for place in tree}
        return Places([*tree, *self._sites(municipalities, parents)], KINDS)

    def _sites(self, municipalities: list[str], parents: Mapping[str, str]) -> Iterator[Place]:
        chance = random.Random(2)
        kinds = chance.choices(tuple(KINDS), (5, 5, 2), k=self.sites)
        homes = [chance.choice(municipalities) for _ in kinds]
        for nth, (kind, home) in enumerate(zip(kinds, homes, strict=True)):
            at_large = kind == "mobile_unit" and nth % MOBILE_AT_LARGE == 0
            parent = parents[parents[home]] if at_large else home
            yield Place(f"S{nth:02}", "site", parent, f"Sted {nth}", kind, own_row=nth % 2 == 0)

    def catalogue(self, year: int) -> Catalogue:
        """The tables of 2027, in any year."""
        return replace(catalogue.of_year(YEARS[0]), id=str(year), year=year)

    def people(self, year: int) -> list[Person]:
        """Everybody who answered in a year."""
        chance, asked = random.Random(year), self.catalogue(year)
        sizes = {f"S{nth:02}": chance.lognormvariate(0, 0.7) / 1.28 * self.answers for nth in range(self.sites)}
        kinds = {one["code"]: one for one in self.places.members_json()}
        mobile = set(kinds.get("DK/mobile_unit", {}).get("of", ()))
        people = []
        for month in (f"{year}-M{nth:02}" for nth in range(1, 13)):
            for site, size in sizes.items():
                for _ in range(round(chance.gauss(size / 3, (size / 3) ** 0.5))):
                    people.append({"place": site, "period": month, **_said(chance, asked, is_mobile=site in mobile)})
        return people

    def counts(self, year: int) -> Counts:
        """How many said it: each variable alone, and each pair that some table crosses."""
        pairs = {pair for table in self.catalogue(year).tables for pair in combinations(table.splits, 2)}
        return Counts.from_tallies((row, 1) for person in self.people(year) for row in _tallied(person, pairs))


def periods_of(year: int) -> list[Period]:
    """Every release of a year, in the order in which they can come out."""
    return sorted(periods.of_year(year), key=lambda one: (one.months[-1], len(one.months)))


def _said(chance: random.Random, asked: Catalogue, *, is_mobile: bool) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, one in asked.variables.items():
        if one.kind == "tree":
            parents = {member.get("parent") for member in one.members}
            leaves = [member["code"] for member in one.members if member["code"] not in parents]
            weights = [1 / (1 + nth) for nth in range(len(leaves))]
            said[name] = "none" if name == "zone" and not is_mobile else chance.choices(leaves, weights)[0]
        else:
            said[name] = _flags(chance, one.members)
    return said


def _flags(chance: random.Random, members: tuple[Mapping[str, Any], ...]) -> frozenset[str]:
    """Up to three things said, the first of the list most often; who says one inside another says both."""
    inner = [member for member in members if "parent" in member] or list(members)
    weights = [1 / (2 + nth % 7) for nth in range(len(inner))]
    chosen = chance.choices(inner, weights, k=chance.choice((0, 1, 1, 2, 3)))
    return frozenset(code for one in chosen for code in (one["code"], one.get("parent")) if code)


def _tallied(person: Person, pairs: set[tuple[str, ...]]) -> Iterator[dict[str, str]]:
    base = {"place": person["place"], "period": person["period"]}
    said = {
        name: sorted(codes) if isinstance(codes, frozenset) else [codes]
        for name, codes in person.items()
        if name not in base
    }
    yield base
    for name, codes in said.items():
        yield from (base | {name: code} for code in codes)
    for one, other in pairs:
        yield from (base | {one: first, other: second} for first, second in product(said[one], said[other]))
