"""What the codes of a release mean to a reader: splits with their categories, sites and months behind a place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Names = tuple[str, ...]
"""What a table is split by: () is everybody, 'theme:KOM.RUN' a flag."""


@dataclass(frozen=True)
class Variable:
    """One split: its categories, which of them a code stands for, and the groups worth protecting."""

    size: int
    members: Mapping[str, frozenset[int]]
    groups: Mapping[str, int]
    wider: str = ""
    """A flag around this one: its category is this one's less one, and never below nought."""


@dataclass(frozen=True)
class Table:
    """Everything printed under one set of splits: unknowns are classes of leaves by combinations of categories."""

    names: Names
    variables: tuple[Variable, ...]
    first: int
    classes: Mapping[int, int]
    """The class of each leaf it is told of."""
    own: Sequence[Mapping[str, str]] = ()

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        return tuple(one.size for one in self.variables)

    @cached_property
    def width(self) -> int:
        return int(np.prod(self.sizes, dtype=np.int64))

    @property
    def size(self) -> int:
        return self.width * len(set(self.classes.values()))

    def columns(self, leaves: Iterable[int], categories: Sequence[Iterable[int]]) -> Numbers:
        """The unknowns of these categories at these leaves."""
        at = np.array(sorted({self.classes[leaf] for leaf in leaves}), dtype=np.int64)
        wanted = [int(np.ravel_multi_index(one, self.sizes)) if one else 0 for one in product(*categories)]
        return (self.first + at[:, None] * self.width + np.array(wanted, dtype=np.int64)[None, :]).ravel()


class Codes:
    """The dimensions of one release; `leaves` numbers sites in months, once a reader knows which are told apart."""

    def __init__(self, dimensions: Mapping[str, Any]) -> None:
        self.dimensions = dimensions
        self.leaves: Mapping[tuple[str, str], int] = {}
        self._variables: dict[str, Variable] = {}
        self._covers: dict[tuple[str, str], frozenset[int]] = {}

    def _names(self, dims: Mapping[str, str]) -> Names:
        split = [(name, self.dimensions[name]) for name in dims if not self.dimensions[name].get("base")]
        return tuple(sorted(f"{name}:{dims[name]}" if one["kind"] == "flags" else name for name, one in split))

    def _variable(self, name: str) -> Variable:
        if name not in self._variables:
            dimension, _, flag = name.partition(":")
            self._variables[name] = self._flag(dimension, flag) if flag else self._tree(name)
        return self._variables[name]

    def _tree(self, name: str) -> Variable:
        leaves = sorted(self._below(name, None))
        codes = [member["code"] for member in self.dimensions[name]["members"]]
        members = {code: frozenset(map(leaves.index, self._below(name, code))) for code in codes}
        grounds = [members[one["code"]] for one in self.dimensions[name]["members"] if one.get("ground")]
        spoken = frozenset[int]().union(*grounds) if grounds else range(len(leaves))
        return Variable(len(leaves), members, {leaves[nth]: nth for nth in spoken})

    def _flag(self, dimension: str, flag: str) -> Variable:
        chain = self._chain(dimension, flag)
        members = {code: frozenset(range(nth + 1)) for nth, code in enumerate(chain)}
        groups = {flag: 0}
        if len(chain) > 1:
            groups[f"{flag}:rest"] = 1
        elif not self._member(dimension, flag).get("ground"):
            groups[f"{flag}:out"] = 1
        return Variable(len(chain) + 1, members, groups, f"{dimension}:{chain[1]}" if len(chain) > 1 else "")

    def _chain(self, dimension: str, flag: str) -> list[str]:
        above = self._member(dimension, flag).get("parent")
        return [flag, *(self._chain(dimension, above) if above else [])]

    def _member(self, name: str, code: str) -> Mapping[str, Any]:
        return next(one for one in self.dimensions[name.partition(":")[0]]["members"] if one["code"] == code)

    def _ground(self, name: str, code: str) -> str:
        parent = self._member(name, code).get("parent")
        if parent is None:
            return ""
        return str(parent) if self._member(name, parent).get("ground") else self._ground(name, parent)

    def _cover(self, dims: Mapping[str, str]) -> frozenset[int]:
        key = dims["place"], dims["period"]
        if key not in self._covers:
            inside = product(self._below("place", key[0]), self._below("period", key[1]))
            self._covers[key] = frozenset(self.leaves[leaf] for leaf in inside)
        return self._covers[key]

    def _below(self, name: str, code: str | None) -> set[str]:
        members = self.dimensions[name]["members"]
        group = next((one["of"] for one in members if one["code"] == code and "of" in one), None)
        if group is not None:
            return set(group)
        children = [one["code"] for one in members if "of" not in one and one["parent"] == code]
        return set().union(*(self._below(name, child) for child in children)) if children else {code or ""}
