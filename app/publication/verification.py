"""A second look at everything printed, by code that shares no step with the guard.

It reads the printed figures as a stranger would: leaves that no figure tells apart are one, each
category there is an unknown, and an integer program asks for every small group how large it could
be. What the guard planned, hid or proved is not known here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.solver import Numbers, most
from app.publication.variables import Name, Signature, Variable, signature, variable

Categories = tuple[int, ...]
Unknown = tuple[Signature, int, Categories]
"""A split, a class of leaves (named by its first leaf) and one category of each variable."""


@dataclass(frozen=True)
class Suspect:
    """A group, its unknowns, and whether nobody in it is worth protecting too (everybody else)."""

    name: str
    unknowns: tuple[Unknown, ...]
    from_nought: bool


def pinned(rules: Rules, dimensions: Dimensions, printed: Mapping[Cell, int], counts: Counts) -> list[str]:
    """The groups that everything printed together pins below k, in words for the log."""
    reader = Reader(dimensions, printed)
    truth = {unknown: reader.count(unknown, counts) for unknown in reader.unknowns()}
    number = {unknown: nth for nth, unknown in enumerate(truth)}
    rows = [(tuple((number[one], factor) for one, factor in row), value) for row, value in reader.equations()]
    found: list[str] = []
    tables: list[Numbers] = []
    for suspect in reader.suspects():
        few = sum(truth[one] for one in suspect.unknowns)
        inside = [number[one] for one in suspect.unknowns]
        if few >= rules.k or not (few or suspect.from_nought):
            continue
        if any(table[inside].sum() >= rules.k for table in tables):
            continue
        high, table = most(rows, len(number), tuple((one, 1) for one in inside), rules.k)
        tables.append(table)
        if high < rules.k:
            found.append(suspect.name)
    return found


class Reader:
    """Everything somebody knows who kept every release."""

    def __init__(self, dimensions: Dimensions, printed: Mapping[Cell, int]) -> None:
        self._dimensions = dimensions
        self._printed = dict(sorted(printed.items()))
        self._leaves = list(product(*(one.all_leaves for one in dimensions.base)))
        self._variables: dict[Name, Variable] = {}
        self._covers: dict[tuple[str, ...], frozenset[int]] = {}
        areas: dict[Signature, set[frozenset[int]]] = {(): set()}
        for cell in self._printed:
            for one in self._outward(signature(dimensions, cell)):
                areas.setdefault(one, set()).add(self._cover(cell))
        self._classes = {one: self._told_apart(one, areas) for one in sorted(areas)}

    def unknowns(self) -> Iterator[Unknown]:
        """Everything that can be asked."""
        return (unknown for one in self._classes for unknown in self._of(one))

    def count(self, unknown: Unknown, counts: Counts) -> int:
        """What is true."""
        one, first, categories = unknown
        said = [(self._variable(name), category) for name, category in zip(one, categories, strict=True)]
        return sum(counts.of(self._codes(leaf), said) for leaf in self._classes[one][first])

    def equations(self) -> Iterator[tuple[list[tuple[Unknown, int]], int]]:
        """Every printed figure, and that categories add up."""
        for cell, value in self._printed.items():
            yield [(one, 1) for one in self._inside(cell, self._members(cell))], value
        for unknowns in self._alike():
            yield unknowns, 0

    def suspects(self) -> Iterator[Suspect]:
        """Every finest group, and everybody beside each printed category."""
        for unknown in self.unknowns():
            one, first, categories = unknown
            silent = [c in self._variable(name).silent for name, c in zip(one, categories, strict=True)]
            if not (silent and all(silent)):
                yield Suspect(f"{'/'.join(self._leaves[first])} {one} {categories}", (unknown,), from_nought=False)
        for cell in self._printed:
            members = self._members(cell)
            for nth, (dimension, code) in enumerate(self._dimensions.split_by(cell)):
                split, ground = self._variable(signature(self._dimensions, cell)[nth]), dimension.ground_of(code)
                around = split.members[ground] if ground else split.all
                others = [*members[:nth], around - members[nth], *members[nth + 1 :]]
                if dimension.by_code[code].asserts:
                    yield Suspect(f"all but {cell}", tuple(self._inside(cell, others)), from_nought=True)

    def _alike(self) -> Iterator[list[tuple[Unknown, int]]]:
        """The categories of a split add up to what is known without it, or in the flag around it."""
        for one, classes in self._classes.items():
            for nth, name in enumerate(one):
                split = self._variable(name)
                wider = (*one[:nth], *((split.wider,) if split.wider else ()), *one[nth + 1 :])
                sums: dict[tuple[int, Categories], list[tuple[Unknown, int]]] = {}
                for unknown in self._of(one):
                    _, first, had = unknown
                    outside = (*had[:nth], *split.onto[had[nth] : had[nth] + 1], *had[nth + 1 :])
                    sums.setdefault((first, outside), []).append((unknown, 1))
                for (first, outside), terms in sums.items():
                    parts = [part for part in self._classes[wider] if part in classes[first]]
                    yield [*terms, *(((wider, part, outside), -1) for part in parts)]

    def _of(self, one: Signature) -> Iterator[Unknown]:
        for first in self._classes[one]:
            for categories in product(*(range(self._variable(name).size) for name in one)):
                yield one, first, categories

    def _inside(self, cell: Cell, members: Sequence[frozenset[int]]) -> Iterator[Unknown]:
        cover = self._cover(cell)
        for unknown in self._of(signature(self._dimensions, cell)):
            if unknown[1] in cover and all(c in these for c, these in zip(unknown[2], members, strict=True)):
                yield unknown

    def _members(self, cell: Cell) -> list[frozenset[int]]:
        names = signature(self._dimensions, cell)
        codes = [code for _, code in self._dimensions.split_by(cell)]
        return [self._variable(name).members[code] for name, code in zip(names, codes, strict=True)]

    def _told_apart(self, one: Signature, areas: Mapping[Signature, set[frozenset[int]]]) -> dict[int, set[int]]:
        """Classes of leaves that look the same in every figure; crossed splits look through the same figures."""
        names = set(one)
        crossed = [other for other in areas if len(other) > 1]
        for _ in crossed:
            names = names.union(*(other for other in crossed if names & set(other)))
        near = [areas[other] for other in areas if other == one or (other and set(other) <= names)]
        own = frozenset[int]().union(*areas[one])
        looks: dict[frozenset[frozenset[int]], set[int]] = {}
        for leaf in sorted(own):
            looks.setdefault(frozenset(area for these in near for area in these if leaf in area), set()).add(leaf)
        return {min(leaves): leaves for leaves in looks.values()}

    def _outward(self, one: Signature) -> set[Signature]:
        """A split and every split that is known with it."""
        known = {one}
        for nth, name in enumerate(one):
            around = self._variable(name).wider
            known |= self._outward((*one[:nth], *((around,) if around else ()), *one[nth + 1 :]))
        return known

    def _variable(self, name: Name) -> Variable:
        if name not in self._variables:
            self._variables[name] = variable(self._dimensions, name)
        return self._variables[name]

    def _cover(self, cell: Cell) -> frozenset[int]:
        codes = tuple(cell.get(one.id) or "" for one in self._dimensions.base)
        if codes not in self._covers:
            wanted = [one.leaves(code) for one, code in zip(self._dimensions.base, codes, strict=True)]
            self._covers[codes] = frozenset(
                nth
                for nth, leaf in enumerate(self._leaves)
                if all(code in these for code, these in zip(leaf, wanted, strict=True))
            )
        return self._covers[codes]

    def _codes(self, leaf: int) -> dict[str, str]:
        return {one.id: code for one, code in zip(self._dimensions.base, self._leaves[leaf], strict=True)}
