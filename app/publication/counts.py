"""How many answers there really are, leaf by leaf: what the guard protects and no page ever sees."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any, Self

from app.publication.dimensions import Cell, Dimensions
from app.publication.variables import Variable


class Counts:
    """Counts by base leaf: of everybody, per category of each split, and per pair where a table crosses two.

    Flags are counted where they are set; who lacks one is found by taking off. A missing cell is nought.
    """

    def __init__(self, tallies: Mapping[Cell, int]) -> None:
        self._tallies = tallies

    @classmethod
    def from_tallies(cls, rows: Iterable[tuple[Mapping[str, str], int]]) -> Self:
        """From stored tallies: base leaves plus the category, or the two categories, that were counted."""
        total: Counter[Cell] = Counter()
        for dims, count in rows:
            total[Cell.at(dims)] += count
        return cls(total)

    @classmethod
    def from_people(cls, dimensions: Dimensions, rows: Iterable[Mapping[str, Any]]) -> Self:
        """From rows that say everything about the people in them (`{"dims": …, "count": …}`, flags as a list)."""
        total: Counter[Cell] = Counter()
        for row in rows:
            base = {one.id: row["dims"][one.id] for one in dimensions.base}
            said = {one: _as_list(codes) for one, codes in row["dims"].items() if one not in base}
            for asked in _none_one_or_two(sorted(said)):
                for codes in product(*(said[one] for one in asked)):
                    total[Cell.at(base | dict(zip(asked, codes, strict=True)))] += row["count"]
        return cls(total)

    def of(self, leaf: Mapping[str, str], categories: Sequence[tuple[Variable, int]]) -> int:
        """How many in this base leaf are in all of these categories."""
        total = 0
        for terms in product(*(variable.terms[category] for variable, category in categories)):
            sign, dims = 1, dict(leaf)
            for (variable, _), (factor, code) in zip(categories, terms, strict=True):
                sign *= factor
                dims |= {} if code is None else {variable.name[0]: code}
            total += sign * self._tallies.get(Cell.at(dims), 0)
        return total


def _as_list(codes: str | list[str]) -> list[str]:
    return [codes] if isinstance(codes, str) else codes


def _none_one_or_two(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (group for size in range(3) for group in combinations(names, size))
