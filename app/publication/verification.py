"""A second look at everything printed, by code that shares no step with the guard.

It reads the printed figures as a stranger would: leaves that no figure tells apart are one, each
category there is an unknown, and an integer program asks for every small group how large it could
be. What the guard planned, hid or proved is not known here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.solver import Numbers, matrix, most
from app.publication.variables import Name, Signature, Variable, signature, variable

Categories = tuple[int, ...]
Unknown = tuple[Signature, int, Categories]
"""A split, a class of leaves (named by its first leaf) and one category of each variable."""
Equation = tuple[list[tuple[Unknown, int]], int]


@dataclass(frozen=True)
class Suspect:
    """A group, its unknowns, and whether nobody in it is worth protecting too (everybody else)."""

    name: str
    signature: Signature
    unknowns: tuple[Unknown, ...]
    from_nought: bool


def pinned(
    rules: Rules,
    dimensions: Dimensions,
    printed: Mapping[Cell, int],
    counts: Counts,
    *,
    tell: Callable[[float], None] = lambda _share: None,
) -> list[str]:
    """The groups that everything printed together pins below k, in words for the log.

    `tell` hears how far it has come, from 0 to 1.
    """
    reader = Reader(dimensions, printed)
    truth = {unknown: reader.count(unknown, counts) for unknown in reader.unknowns()}
    equations = list(reader.equations())
    whole = Equations(equations, truth)
    split = {family: Equations(part, truth, held=()) for family, part in _by_family(reader, equations).items()}
    found: list[str] = []
    suspects = list(reader.suspects())
    for nth, suspect in enumerate(suspects):
        tell(nth / len(suspects))
        few = sum(truth[one] for one in suspect.unknowns)
        if few >= rules.k or not (few or suspect.from_nought):
            continue
        near = split.get(reader.family[suspect.signature])
        if (near is None or near.most(suspect, rules.k) < rules.k) and whole.most(suspect, rules.k) < rules.k:
            found.append(suspect.name)
    return found


def _by_family(reader: "Reader", equations: Sequence[Equation]) -> dict[Signature, list[Equation]]:
    """The equations of each split and those crossed or nested with it; those of everybody are left out."""
    parts: dict[Signature, list[Equation]] = {}
    for terms, value in equations:
        family = next((reader.family[one[0]] for one, _ in terms if one[0]), ())
        if family:
            parts.setdefault(family, []).append((terms, value))
    return parts


class Equations:
    """Equations with their unknowns numbered, and the tables already found for them.

    `held` unknowns are no unknowns here but stand at what is true; what can be reached so can be reached.
    """

    def __init__(
        self, equations: Sequence[Equation], truth: Mapping[Unknown, int], *, held: Signature | None = None
    ) -> None:
        free = sorted({one for terms, _ in equations for one, _ in terms if one[0] != held})
        self._number = {unknown: nth for nth, unknown in enumerate(free)}
        rows = [[(self._number[one], factor) for one, factor in terms if one in self._number] for terms, _ in equations]
        self._rows = matrix(rows, len(free))
        self._values = np.array(
            [
                value - sum(factor * truth[one] for one, factor in terms if one not in self._number)
                for terms, value in equations
            ],
            dtype=np.int64,
        )
        self._tables: list[Numbers] = []

    def most(self, suspect: Suspect, enough: int) -> int:
        """How many the group could be, asked no further than `enough`."""
        inside = [self._number[one] for one in suspect.unknowns]
        if any(table[inside].sum() >= enough for table in self._tables):
            return enough
        high, table = most(self._rows, self._values, [(one, 1) for one in inside], enough)
        self._tables += [] if table is None else [table]
        return high


class Reader:
    """Everything somebody knows who kept every release."""

    def __init__(self, dimensions: Dimensions, printed: Mapping[Cell, int]) -> None:
        self._dimensions = dimensions
        self._printed = dict(sorted(printed.items()))
        self._leaves = list(product(*(one.all_leaves for one in dimensions.base)))
        self._variables: dict[Name, Variable] = {}
        self._covers: dict[tuple[str, ...], frozenset[int]] = {}
        self._areas: dict[Signature, set[frozenset[int]]] = {(): set()}
        for cell in self._printed:
            for one in self._outward(signature(dimensions, cell)):
                self._areas.setdefault(one, set()).add(self._cover(cell))
        self._classes = {one: {min(leaves): leaves for leaves in self._told_apart(one)} for one in sorted(self._areas)}

    def unknowns(self) -> Iterator[Unknown]:
        """Everything that can be asked."""
        return (unknown for one in self._classes for unknown in self._of(one))

    def count(self, unknown: Unknown, counts: Counts) -> int:
        """What is true."""
        one, first, categories = unknown
        said = [(self._variable(name), category) for name, category in zip(one, categories, strict=True)]
        return sum(counts.of(self._codes(leaf), said) for leaf in self._classes[one][first])

    def equations(self) -> Iterator[Equation]:
        """Every printed figure, and that categories add up."""
        for cell, value in self._printed.items():
            yield [(one, 1) for one in self._inside(cell, self._members(cell))], value
        for unknowns in self._alike():
            yield unknowns, 0

    def suspects(self) -> Iterator[Suspect]:
        """Every finest group, and everybody beside each printed category."""
        for one, classes in self._classes.items():
            for leaves, categories in product(self._alike_to(one), self._categories(one)):
                if any(c in self._variable(name).silent for name, c in zip(one, categories, strict=True)):
                    continue
                name = f"{'/'.join(self._leaves[min(leaves)])} {one} {categories}"
                unknowns = tuple((one, first, categories) for first in classes if first in leaves)
                yield Suspect(name, one, unknowns, from_nought=False)
        for cell in self._printed:
            members, one = self._members(cell), signature(self._dimensions, cell)
            for nth, (dimension, code) in enumerate(self._dimensions.split_by(cell)):
                split, ground = self._variable(one[nth]), dimension.ground_of(code)
                around = split.members[ground] if ground else split.all
                others = [*members[:nth], around - members[nth], *members[nth + 1 :]]
                if dimension.by_code[code].asserts:
                    yield Suspect(f"all but {cell}", one, tuple(self._inside(cell, others)), from_nought=True)

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
            for categories in self._categories(one):
                yield one, first, categories

    def _categories(self, one: Signature) -> Iterator[Categories]:
        return product(*(range(self._variable(name).size) for name in one))

    def _inside(self, cell: Cell, members: Sequence[frozenset[int]]) -> Iterator[Unknown]:
        one, cover = signature(self._dimensions, cell), self._cover(cell)
        for first in self._classes[one]:
            if first in cover:
                for categories in product(*map(sorted, members)):
                    yield one, first, categories

    def _members(self, cell: Cell) -> list[frozenset[int]]:
        names = signature(self._dimensions, cell)
        codes = [code for _, code in self._dimensions.split_by(cell)]
        return [self._variable(name).members[code] for name, code in zip(names, codes, strict=True)]

    def _alike_to(self, one: Signature, *others: Signature) -> list[set[int]]:
        """Classes of leaves that look the same in every figure of these splits, as far as the first one looks."""
        areas = sorted({area for split in (one, *others) for area in self._areas[split]}, key=sorted)
        looks: dict[tuple[bool, ...], set[int]] = {}
        for leaf in sorted(frozenset[int]().union(*self._areas[one])):
            looks.setdefault(tuple(leaf in area for area in areas), set()).add(leaf)
        return list(looks.values())

    def _told_apart(self, one: Signature) -> list[set[int]]:
        """Crossed splits look through each other's figures, or the unknowns would fit what no people fit."""
        names = self._joined(one, [other for other in self._areas if len(other) > 1])
        return self._alike_to(one, *(other for other in self._areas if other and set(other) <= names))

    @cached_property
    def family(self) -> Mapping[Signature, Signature]:
        """Per split everything crossed or nested with it, named by its variables; () for everybody."""
        nested = [(name, around) for name in self._variables if (around := self._variable(name).wider)]
        ties = [*nested, *(other for other in self._areas if len(other) > 1)]
        return {one: tuple(sorted(self._joined(one, ties))) for one in self._areas}

    @staticmethod
    def _joined(one: Signature, ties: Sequence[tuple[Name, ...]]) -> set[Name]:
        names = set(one)
        for _ in ties:
            names = names.union(*(tie for tie in ties if names & set(tie)))
        return names

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
