"""The case the guard decides: figures that may be shown, what already holds, and whom to protect.

Nothing is decided here but refusals: what was not planned well, or does not fit what was printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimension, Dimensions
from app.publication.leaves import Leaves, Region, together, touching
from app.publication.unknowns import Row, Unknowns

PLACE = "place"
"""The base dimension whose levels say how much a figure is missed."""


class NotPlannable(Refusal):
    """A cell outside the dimensions of its catalogue."""


class AlreadyPublished(Refusal):
    """What is printed stays printed."""


class CountsDoNotFit(Refusal):
    """The counts contradict themselves or something that was printed."""


@dataclass(frozen=True)
class Rules:
    """Groups of 1 to k-1 people are protected; fewer than `min_n` answers are no distribution."""

    k: int = 5
    min_n: int = 10

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Read `k` and `min_n` of a release."""
        return cls(written["k"], written["min_n"])


@dataclass(frozen=True)
class Figure:
    """A planned cell: its true value, what it is worth, and the figures it may not stand without."""

    cell: Cell
    row: Row
    value: int
    weight: int
    region: Region
    needs: frozenset[int] | None
    """Its n and its ground, as far as they are planned; None where one is printed nowhere or too small."""


@dataclass(frozen=True)
class Group:
    """1 to k-1 people, or as few beside a category; `figure` is set where only that figure endangers them."""

    row: Row
    region: Region
    figure: int | None = None


@dataclass(frozen=True)
class Case:
    """Everything the guard looks at, in an order that depends on the cells alone."""

    rules: Rules
    truth: tuple[int, ...]
    """Every unknown, as it really is."""
    everybody: range
    """The unknowns that split nobody: all others hang on them, and on each other only through them."""
    figures: tuple[Figure, ...]
    printed: Mapping[Cell, int]
    """Earlier figures that hang together with these."""
    fixed: tuple[tuple[Row, int], ...]
    groups: tuple[Group, ...]


def build(
    rules: Rules, dimensions: Dimensions, planned: Iterable[Cell], counts: Counts, ledger: Mapping[Cell, int | None]
) -> Case:
    """Set out the case. Figures of other months are left out unless earlier figures tie them to these."""
    leaves = Leaves(dimensions)
    cells = sorted(set(planned))
    printed = {cell: value for cell, value in sorted(ledger.items()) if value is not None}
    _refuse_strangers(dimensions, cells, printed)
    here = together(leaves.region(cell) for cell in cells)
    near = touching([leaves.region(cell) for cell in (*cells, *printed)], here)
    printed = {cell: value for cell, value in printed.items() if leaves.region(cell) & near}
    unknowns = Unknowns(dimensions, leaves, [*cells, *printed])
    truth = unknowns.truth(counts)
    fixed = (*((row, 0) for row in unknowns.links()), *((unknowns.cell(cell), n) for cell, n in printed.items()))
    _refuse_what_does_not_fit(truth, fixed)
    figures = _figures(rules, unknowns, cells, printed, truth)
    groups = (
        *_small_groups(rules, unknowns, truth),
        *(_everybody_else(rules, unknowns, printed, truth)),
        *(
            Group(row, one.region, nth)
            for nth, one in enumerate(figures)
            for row in unknowns.everybody_else(one.cell)
            if _sum(row, truth) < rules.k <= one.value
        ),
    )
    return Case(rules, tuple(truth), unknowns.everybody, figures, printed, fixed, groups)


def _refuse_strangers(dimensions: Dimensions, cells: list[Cell], printed: Mapping[Cell, int]) -> None:
    for cell in (*cells, *printed):
        if not dimensions.knows(cell):
            raise NotPlannable(_("%(cell)s is not in the catalogue.", cell=cell))
    for cell in cells:
        if cell in printed:
            raise AlreadyPublished(_("%(cell)s has already been published.", cell=cell))


def _refuse_what_does_not_fit(truth: list[int], fixed: Iterable[tuple[Row, int]]) -> None:
    if min(truth, default=0) < 0 or any(_sum(row, truth) != value for row, value in fixed):
        raise CountsDoNotFit(_("The counts do not fit what has already been published."))


def _figures(
    rules: Rules, unknowns: Unknowns, cells: list[Cell], printed: Mapping[Cell, int], truth: list[int]
) -> tuple[Figure, ...]:
    rows = [unknowns.cell(cell) for cell in cells]
    values = {cell: _sum(row, truth) for cell, row in zip(cells, rows, strict=True)}
    place = {cell: nth for nth, cell in enumerate(cells)}
    known = {**printed, **values}

    def needs(cell: Cell) -> frozenset[int] | None:
        around = list(_around(unknowns.dimensions, cell))
        if any(known.get(one, -1) < rules.min_n for one in around):
            return None
        return frozenset(place[one] for one in around if one in place)

    return tuple(
        Figure(cell, row, values[cell], _weight(unknowns.dimensions, cell), unknowns.leaves.region(cell), needs(cell))
        for cell, row in zip(cells, rows, strict=True)
    )


def _around(dimensions: Dimensions, cell: Cell) -> Iterable[Cell]:
    """The n of a category and its ground: what a share of it would be a share of."""
    for dimension, code in dimensions.split_by(cell):
        yield cell.without(dimension.id)
        ground = dimension.ground_of(code)
        if ground is not None:
            yield cell.moved(dimension.id, ground)


def _small_groups(rules: Rules, unknowns: Unknowns, truth: list[int]) -> Iterable[Group]:
    return (Group(row, region) for row, region in unknowns.finest() if 0 < _sum(row, truth) < rules.k)


def _everybody_else(rules: Rules, unknowns: Unknowns, printed: Iterable[Cell], truth: list[int]) -> Iterable[Group]:
    return (
        Group(row, unknowns.leaves.region(cell))
        for cell in printed
        for row in unknowns.everybody_else(cell)
        if _sum(row, truth) < rules.k
    )


def _sum(row: Row, truth: list[int]) -> int:
    return sum(factor * truth[unknown] for unknown, factor in row)


def _weight(dimensions: Dimensions, cell: Cell) -> int:
    """How much a figure is missed: large places first, and what others are shares of before the shares."""
    split = dimensions.split_by(cell)
    is_ground = all(dimension.by_code[code].ground for dimension, code in split)
    places = dimensions.by_id.get(PLACE)
    return (_level(places, cell.get(PLACE) or "") if places else 1) * (3 if is_ground else 1)


def _level(places: Dimension, code: str) -> int:
    """27 for the country, 9 for region and area, 3 for a municipality or a group of places, 1 for a site."""
    member = places.by_code[code]
    if member.of:
        return 3
    if member.parent is None:
        return 27
    below = [one.code for one in places.members if one.parent == code]
    if not below:
        return 1
    holds_sites_only = all(places.leaves(one) == {one} for one in below)
    return 3 if holds_sites_only and len(places.above(code)) > 1 else 9
