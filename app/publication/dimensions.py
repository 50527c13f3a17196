"""Places, periods and what people were asked: the dimensions of a release, and the cells cut out of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self


@dataclass(frozen=True, order=True)
class Cell:
    """One figure of a release, known by where it is cut: sorted pairs of dimension and member."""

    dims: tuple[tuple[str, str], ...]

    @classmethod
    def at(cls, dims: Mapping[str, str]) -> Self:
        """The cell of these members."""
        return cls(tuple(sorted(dims.items())))

    def get(self, dimension: str) -> str | None:
        """The member the cell names in this dimension; None means everybody."""
        return dict(self.dims).get(dimension)

    def without(self, dimension: str) -> "Cell":
        """The same cell over everybody in this dimension."""
        return Cell(tuple(pair for pair in self.dims if pair[0] != dimension))

    def moved(self, dimension: str, code: str) -> "Cell":
        """The same cell with another member of this dimension."""
        return Cell.at(dict(self.dims) | {dimension: code})

    def __str__(self) -> str:
        return " ".join(code for _, code in self.dims)


@dataclass(frozen=True)
class Member:
    """A code of a dimension: a branch or leaf of its tree, a flag, or (`of`) a group of leaves across the tree."""

    code: str
    parent: str | None = None
    of: tuple[str, ...] = ()
    ground: bool = False
    asserts: bool = True


@dataclass(frozen=True)
class Dimension:
    """`base` dimensions divide the answers; the others split them, as one tree or as flags side by side."""

    id: str
    kind: str
    base: bool
    members: tuple[Member, ...]

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Read one entry of `dimensions` in the JSON of a release. Labels are left behind."""
        members = tuple(
            Member(
                code=member["code"],
                parent=member.get("parent"),
                of=tuple(member.get("of", ())),
                ground=member.get("ground", False),
                asserts=member.get("asserts", True),
            )
            for member in written["members"]
        )
        return cls(written["id"], written["kind"], written.get("base", False), members)

    @cached_property
    def by_code(self) -> Mapping[str, Member]:
        """The members by code."""
        return {member.code: member for member in self.members}

    @cached_property
    def everybody(self) -> str | None:
        """The root of a tree that splits people: naming it says no more than not splitting."""
        roots = [member.code for member in self.members if member.parent is None and not member.of]
        return roots[0] if self.kind == "tree" and not self.base and len(roots) == 1 else None

    @cached_property
    def _leaves(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {member.code: set() for member in self.members}
        inner = {member.parent for member in self.members}
        for member in self.members:
            if member.code in inner or member.of:
                continue
            for code in (member.code, *self.above(member.code)):
                found[code].add(member.code)
        for member in self.members:
            for part in member.of:
                found[member.code] |= found[part]
        return {code: frozenset(leaves) for code, leaves in found.items()}

    def leaves(self, code: str) -> frozenset[str]:
        """The leaves a member stands for."""
        return self._leaves[code]

    @cached_property
    def all_leaves(self) -> tuple[str, ...]:
        """Every leaf of the tree, in order of code."""
        return tuple(sorted(frozenset().union(*self._leaves.values())))

    def above(self, code: str) -> tuple[str, ...]:
        """The members that hold this one, nearest first."""
        parent = self.by_code[code].parent
        return () if parent is None else (parent, *self.above(parent))

    def ground_of(self, code: str) -> str | None:
        """Those the member is a share of: the nearest ground above it, None for everybody."""
        return next((above for above in self.above(code) if self.by_code[above].ground), None)


class Dimensions:
    """All dimensions of a catalogue year."""

    def __init__(self, dimensions: Iterable[Dimension]) -> None:
        self.by_id: Mapping[str, Dimension] = {one.id: one for one in sorted(dimensions, key=lambda one: one.id)}
        self.base = tuple(one for one in self.by_id.values() if one.base)
        self.splits = tuple(one for one in self.by_id.values() if not one.base)

    @classmethod
    def from_json(cls, written: Iterable[Mapping[str, Any]]) -> Self:
        """Read `dimensions` of a release."""
        return cls(Dimension.from_json(one) for one in written)

    def __getitem__(self, dimension: str) -> Dimension:
        return self.by_id[dimension]

    def cell(self, dims: Mapping[str, str]) -> Cell:
        """The cell of these members, said the one way that all tables share: a root is left out."""
        return Cell.at({one: code for one, code in dims.items() if code != self[one].everybody})

    def split_by(self, cell: Cell) -> tuple[tuple[Dimension, str], ...]:
        """The dimensions the cell splits people by, each with its member."""
        return tuple((self[one], code) for one, code in cell.dims if not self[one].base)

    def knows(self, cell: Cell) -> bool:
        """Whether each base dimension and every member of the cell exists."""
        named = all(one in self.by_id and code in self[one].by_code for one, code in cell.dims)
        return named and all(cell.get(one.id) is not None for one in self.base)
