"""The finest groups of place and period, and the regions of them that figures are about."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from app.publication.dimensions import Cell, Dimensions

Region = int
"""A set of leaves, one bit each: figures overlap and nest in thousands of ways, and bits are quick."""


class Leaves:
    """Every leaf of the base dimensions together, in order of code."""

    def __init__(self, dimensions: Dimensions) -> None:
        self._base = dimensions.base
        self._all = tuple(product(*(one.all_leaves for one in self._base)))
        self._of_member: dict[tuple[str, str], Region] = {}

    def region(self, cell: Cell) -> Region:
        """The leaves a cell is about."""
        region = (1 << len(self._all)) - 1
        for place, one in enumerate(self._base):
            region &= self._of(place, cell.get(one.id) or "")
        return region

    def inside(self, region: Region) -> list[Mapping[str, str]]:
        """The leaves of a region, each with its code in every base dimension."""
        names = [one.id for one in self._base]
        return [dict(zip(names, codes, strict=True)) for nth, codes in enumerate(self._all) if region >> nth & 1]

    def _of(self, place: int, code: str) -> Region:
        key = (self._base[place].id, code)
        if key not in self._of_member:
            leaves = self._base[place].leaves(code)
            self._of_member[key] = sum(1 << nth for nth, codes in enumerate(self._all) if codes[place] in leaves)
        return self._of_member[key]


@lru_cache(maxsize=512)
def apart(regions: frozenset[Region]) -> tuple[Region, ...]:
    """The groups of leaves that no region tells apart; leaves outside every region are left out."""
    groups = [together(regions)] if regions else []
    for region in sorted(regions):
        groups = [part for group in groups for part in (group & region, group & ~region) if part]
    return tuple(sorted(groups))


def together(regions: Iterable[Region]) -> Region:
    """Every leaf that lies in one of the regions."""
    union = 0
    for region in regions:
        union |= region
    return union


def touching(regions: Iterable[Region], start: Region) -> Region:
    """Every leaf that hangs together with `start` through overlapping regions."""
    waiting, reached = set(regions), start
    while near := {region for region in waiting if region & reached}:
        waiting -= near
        reached |= together(near)
    return reached
