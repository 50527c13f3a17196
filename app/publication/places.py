"""Where answers come from, as a tree: country, region, area, municipality, site; and kinds of place across it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal

LEVELS = ("country", "region", "area", "municipality", "site")


class PlacesRefused(Refusal):
    """The places do not form a tree."""


@dataclass(frozen=True)
class Place:
    """One place of the tree. `own_row` is the council's decision of the year before, for sites only."""

    code: str
    level: str
    parent: str | None
    label: str
    kind: str | None = None
    own_row: bool = False


class Places:
    """The whole tree of a year, unused leaves too, and the groups of sites by kind."""

    def __init__(self, places: Sequence[Place], kinds: Mapping[str, str]) -> None:
        """`kinds` gives each kind of site the name its group is printed under."""
        self._places = tuple(places)
        self._by_code = {place.code: place for place in places}
        self._kinds = kinds
        self._refuse_what_is_no_tree()
        self._groups = self._by_kind()

    def at(self, levels: Iterable[str]) -> tuple[str, ...]:
        """The places a table is published for, in the order of the tree.

        Levels are those of the tree (`site` means a site with a row of its own), `kind`,
        `kind_region`, and for what only mobile units are asked `mobile_units`, `mobile_units_region`.
        """
        wanted = set(levels)
        return (
            *(one.code for one in self._places if one.level in wanted and (one.level != "site" or one.own_row)),
            *(code for code, (names, _sites) in self._groups.items() if names & wanted),
        )

    def members_json(self) -> list[dict[str, Any]]:
        """The members of the dimension `place`, as in the JSON of a release."""
        return [
            *({"code": one.code, "parent": one.parent, "label": one.label} for one in self._places),
            *(
                {"code": code, "of": list(sites), "label": self._kinds[code.rpartition("/")[2]]}
                for code, (_names, sites) in self._groups.items()
            ),
        ]

    def _by_kind(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        """Kind and kind × region: `DK/mobile_unit`, `R-ost/mobile_unit`. A kind without sites has no group."""
        groups: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        for level, name in (("country", "kind"), ("region", "kind_region")):
            for place in self._places:
                for kind in self._kinds if place.level == level else ():
                    sites = tuple(one.code for one in self._places if one.kind == kind and self._is_in(one, place.code))
                    mobile = {"mobile_units" + name.removeprefix("kind")} if kind == "mobile_unit" else set[str]()
                    if sites:
                        groups[f"{place.code}/{kind}"] = (frozenset({name} | mobile), sites)
        return groups

    def _is_in(self, one: Place, code: str) -> bool:
        return one.code == code or (one.parent is not None and self._is_in(self._by_code[one.parent], code))

    def _refuse_what_is_no_tree(self) -> None:
        for place in self._places:
            parent = self._by_code.get(place.parent or "")
            is_root = place.parent is None and place.level == "country"
            is_below = parent is not None and LEVELS.index(parent.level) < LEVELS.index(place.level)
            if not (is_root or is_below) or len(self._by_code) != len(self._places):
                raise PlacesRefused(_("%(place)s has no place in the tree of places.", place=place.code))
            if (place.kind is None) != (place.level != "site") or (place.kind and place.kind not in self._kinds):
                raise PlacesRefused(_("%(place)s has a kind we do not know.", place=place.code))
