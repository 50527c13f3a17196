"""What a reader does not know, and what every printed figure tells about it.

For each set of splits that some table uses, and each group of base leaves that no figure tells
apart, there is one unknown whole number per category. Links say that categories add up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.publication.counts import Counts
from app.publication.crossings import spokes
from app.publication.dimensions import Cell, Dimensions
from app.publication.leaves import Leaves, Region, apart, together
from app.publication.variables import Name, Signature, Variable, signature, variable

Row = Sequence[tuple[int, int]]
"""One side of an equation: unknowns with their factors."""

Regions = Mapping[Signature, frozenset[Region]]
"""What each signature must tell apart."""


@dataclass(frozen=True)
class Split:
    """One signature: its variables, the blocks of leaves it knows apart, and where its unknowns begin."""

    variables: tuple[Variable, ...]
    blocks: tuple[Region, ...]
    first: int
    protected: tuple[Region, ...]
    """The finest groups of leaves its own figures tell apart: one block each, or several where it is crossed."""

    @property
    def combinations(self) -> Iterable[tuple[int, ...]]:
        """Every category, or pair of categories."""
        return product(*(range(one.size) for one in self.variables))

    def row(self, region: Region, members: Sequence[frozenset[int]]) -> Row:
        """The unknowns of these categories in this region."""
        wanted = [nth for nth, one in enumerate(self.combinations) if all(map(frozenset.__contains__, members, one))]
        width = self.width
        inside = [nth for nth, block in enumerate(self.blocks) if block & region]
        return tuple((self.first + block * width + nth, 1) for block in inside for nth in wanted)

    @property
    def width(self) -> int:
        """How many unknowns one block has."""
        width = 1
        for one in self.variables:
            width *= one.size
        return width

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return self.width * len(self.blocks)


class Unknowns:
    """The unknowns behind a set of cells, in an order that depends on the cells alone."""

    def __init__(self, dimensions: Dimensions, leaves: Leaves, cells: Iterable[Cell]) -> None:
        self.dimensions = dimensions
        self.leaves = leaves
        own = _regions(dimensions, leaves, cells)
        regions = _shared(dimensions, own)
        self.splits: dict[Signature, Split] = {}
        self.size = 0
        for one in sorted(regions):
            variables = tuple(variable(dimensions, name) for name in one)
            split = Split(variables, apart(regions[one]), self.size, apart(own[one]))
            self.splits[one] = split
            self.size += split.size

    @property
    def everybody(self) -> range:
        """The unknowns that split nobody."""
        split = self.splits[()]
        return range(split.first, split.first + split.size)

    def cell(self, cell: Cell) -> Row:
        """What the figure in this cell is the sum of."""
        split = self.splits[signature(self.dimensions, cell)]
        return split.row(self.leaves.region(cell), self._members(split, cell))

    def everybody_else(self, cell: Cell) -> list[Row]:
        """Per split that asserts something: those who are not in the cell, inside its ground."""
        split = self.splits[signature(self.dimensions, cell)]
        members = self._members(split, cell)
        rows = []
        for nth, (dimension, code) in enumerate(self.dimensions.split_by(cell)):
            if not dimension.by_code[code].asserts:
                continue
            one, ground = split.variables[nth], dimension.ground_of(code)
            others = (one.members[ground] if ground else one.all) - members[nth]
            rows.append(split.row(self.leaves.region(cell), [*members[:nth], others, *members[nth + 1 :]]))
        return rows

    def links(self) -> list[Row]:
        """Categories of a split add up to the split without them."""
        return [
            row
            for one, split in self.splits.items()
            for nth in range(len(one))
            for row in self._link(split, nth, self.splits[_wider(one, split.variables[nth], nth)])
        ]

    def finest(self) -> Iterator[tuple[Row, Region]]:
        """The finest groups to protect: all but those who, to one of the questions, said nothing."""
        for split in self.splits.values():
            for region, categories in product(split.protected, split.combinations):
                if not any(number in one.silent for one, number in zip(split.variables, categories, strict=True)):
                    yield split.row(region, [frozenset({number}) for number in categories]), region

    def truth(self, counts: Counts) -> list[int]:
        """The numbers the reader does not know."""
        return [
            sum(counts.of(leaf, tuple(zip(split.variables, categories, strict=True))) for leaf in members)
            for split in self.splits.values()
            for members in map(self.leaves.inside, split.blocks)
            for categories in split.combinations
        ]

    def _members(self, split: Split, cell: Cell) -> list[frozenset[int]]:
        codes = (code for _, code in self.dimensions.split_by(cell))
        return [one.members[code] for one, code in zip(split.variables, codes, strict=True)]

    def _link(self, split: Split, nth: int, wider: Split) -> Iterable[Row]:
        one = split.variables[nth]
        for block in split.blocks:
            others = product(*(range(v.size) for place, v in enumerate(split.variables) if place != nth))
            for rest, category in product(others, range(_categories_around(one))):
                fixed = [frozenset({number}) for number in rest]
                inner = frozenset(c for c in range(one.size) if not one.onto or one.onto[c] == category)
                outer = [frozenset({category})] if one.wider else []
                parts = split.row(block, [*fixed[:nth], inner, *fixed[nth:]])
                whole = wider.row(block, [*fixed[:nth], *outer, *fixed[nth:]])
                yield (*parts, *((unknown, -1) for unknown, _ in whole))


def _regions(dimensions: Dimensions, leaves: Leaves, cells: Iterable[Cell]) -> Regions:
    """Per signature the regions its unknowns must tell apart: its own, and those of whatever is cut finer."""
    regions: dict[Signature, frozenset[Region]] = {(): frozenset()}
    for cell in cells:
        one = signature(dimensions, cell)
        regions[one] = regions.get(one, frozenset()) | {leaves.region(cell)}
    _hand_outward(dimensions, regions)
    return regions


def _shared(dimensions: Dimensions, own: Regions) -> Regions:
    """The same, and each crossing tells apart what the split on its far side does, so that its hub does it for all.

    Else place itself would close a circle (site - rating - zone - site), and the unknowns could fit figures that no
    people fit. Seen from the hub outward each split is known by place, and by the next one inward in the same places:
    a tree, along which people can be put together (see `crossings`).
    """
    regions = dict(own)
    for crossing, far in spokes(dimensions, regions):
        inside = together(regions[crossing])
        regions[crossing] |= {region & inside for region in regions[far] if region & inside}
        _hand_outward(dimensions, regions)
    return regions


def _hand_outward(dimensions: Dimensions, regions: dict[Signature, frozenset[Region]]) -> None:
    waiting = sorted(regions, key=lambda one: (-_depth(dimensions, one), one))
    while waiting:
        one = waiting.pop(0)
        for nth, name in enumerate(one):
            wider = _wider(one, variable(dimensions, name), nth)
            if wider not in regions:
                waiting.append(wider)
                waiting.sort(key=lambda any_one: (-_depth(dimensions, any_one), any_one))
            regions[wider] = regions.get(wider, frozenset()) | regions[one]


def _wider(one: Signature, split: Variable, nth: int) -> Signature:
    around: tuple[Name, ...] = (split.wider,) if split.wider else ()
    return tuple(sorted((*one[:nth], *around, *one[nth + 1 :])))


def _depth(dimensions: Dimensions, one: Signature) -> int:
    return sum(1 + (len(dimensions[dimension].above(flag)) if flag else 0) for dimension, flag in one)


def _categories_around(one: Variable) -> int:
    return max(one.onto) + 1 if one.onto else 1
