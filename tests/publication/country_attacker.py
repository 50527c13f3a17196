"""A reader who kept every month and quarter of a whole country and has an integer solver.

Shares no code with the guard or its second check: a site in a month is an unknown of its own in every split, unless no
figure of any split tells it from another. Made for catalogues without crossings and sub-themes, as those of months
and quarters are; `attacker` is exact for all of them, and only for small ones. A split is attacked while everybody
else stays where they are; whoever looks pinned so is attacked again with everybody loose, as near the truth as can
be, and last with the whole country in one program.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array, kron, vstack

Document = Mapping[str, Any]
Numbers = NDArray[np.int64]
INFEASIBLE = 2


@dataclass(frozen=True)
class Split:
    """A variable as it stands in every leaf: its categories, those that say nothing, and its printed figures."""

    name: str
    categories: tuple[str, ...]
    silent: frozenset[int]
    rows: csr_array
    values: Numbers
    suspects: Mapping[str, tuple[Numbers, bool]]
    """The unknowns of each group, and whether it counts when nobody is in it."""


class Reader:
    """Everything printed in one catalogue year."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.k = documents[-1]["k"]
        self.dimensions = {one["id"]: one for one in documents[-1]["dimensions"]}
        listed = [(cell["dims"], cell["value"]) for one in documents for cell in one["cells"]]
        cells = [(dims, value) for dims, value in listed if value is not None]
        self._covers: dict[tuple[str, str], Numbers] = {}
        self.leaves = self._told_apart({(dims["place"], dims["period"]) for dims, _ in cells})
        self.size = len(set(self.leaves.values()))
        self.splits = {name: self._split(name, cells) for name in sorted({_name(self, dims) for dims, _ in cells})}

    def _told_apart(self, printed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """A number for each site and month, the same where every figure holds both or neither; none without figures."""
        looks: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for pair in sorted(printed):
            for leaf in product(self._below("place", pair[0]), self._below("period", pair[1])):
                looks.setdefault(leaf, []).append(pair)
        numbers: dict[tuple[tuple[str, str], ...], int] = {}
        return {leaf: numbers.setdefault(tuple(look), len(numbers)) for leaf, look in sorted(looks.items())}

    def leaks(self, people: Iterable[Mapping[str, Any]]) -> list[str]:
        """Every group of 1 to k-1 people, or as few beside a printed category, that is surely below k."""
        truth = self._truth(people)
        return [
            f"{name}: {group}"
            for name, split in self.splits.items()
            for group in self._pinned(split, truth)
            if not self._can_be_k_nearby(name, split.suspects[group][0], truth)
            and not self._can_be_k_somehow(name, split.suspects[group][0])
        ]

    def _pinned(self, split: Split, truth: Mapping[str, Numbers]) -> Iterator[str]:
        """Groups of this split that cannot be k while everybody stays where they are."""
        true = truth[split.name]
        rows, values = self._held(split, truth[""]) if split.name else (split.rows, split.values)
        assert (rows @ true == values).all(), "the figures are not those of these people"
        waiting = {
            name: unknowns
            for name, (unknowns, counts_empty) in split.suspects.items()
            if (0 if counts_empty else 1) <= true[unknowns].sum() < self.k
        }
        while waiting:
            name, unknowns = waiting.popitem()
            table = _most(rows, values, unknowns, self.k)
            if table is None:
                yield name
            else:  # one table often clears many others
                waiting = {other: them for other, them in waiting.items() if table[them].sum() < self.k}

    def _held(self, split: Split, everybody: Numbers) -> tuple[csr_array, Numbers]:
        """What is printed of a split, and that its categories add up to so many in every leaf."""
        return vstack([self._sums(split), split.rows], format="csr"), np.concatenate([everybody, split.values])

    def _sums(self, split: Split) -> csr_array:
        return kron(eye_array(self.size, dtype=np.int64), np.ones((1, len(split.categories)), np.int64), format="csr")

    def _can_be_k_nearby(self, name: str, unknowns: Numbers, truth: Mapping[str, Numbers]) -> bool:
        """The split with everybody loose but as near the truth as can be, and then each other split fitted to that."""
        split, everybody = self.splits[name], self.splits[""]
        one = eye_array(self.size, dtype=np.int64)
        moved = [-one, one]  # how many more, and how many fewer, than there really are
        sums = self._sums(split)
        if name:
            rows = block_array([[split.rows, None, None], [sums, *moved]], format="csr")
            values = np.concatenate([split.values, truth[""]])
            around = block_array([[everybody.rows @ sums, *(0 * everybody.rows for _ in moved)]], format="csr")
            rows, values = vstack([rows, around], format="csr"), np.concatenate([values, everybody.values])
        else:
            rows = block_array([[everybody.rows, None, None], [one, *moved]], format="csr")
            values = np.concatenate([everybody.values, truth[""]])
        cost = np.concatenate([np.zeros(sums.shape[1]), np.ones(2 * self.size)])
        table = _most(rows, values, unknowns, self.k, cost=cost)
        if table is None:
            return False
        now = sums @ table[: sums.shape[1]]
        others = (one for one in self.splits.values() if one.name not in ("", name))
        return all(_most(*self._held(other, now), np.array([], dtype=np.int64), 0) is not None for other in others)

    def _can_be_k_somehow(self, name: str, unknowns: Numbers) -> bool:
        """The whole country at once, nothing held."""
        size = self.size
        order = ["", *(one for one in self.splits if one)]
        blocks: list[list[Any]] = []
        for nth, one in enumerate(order):
            split, row = self.splits[one], [None] * len(order)
            row[nth] = split.rows
            blocks.append(row)
            if one:
                link: list[Any] = [None] * len(order)
                link[0] = -eye_array(size, dtype=np.int64)
                link[nth] = self._sums(split)
                blocks.append(link)
        rows = block_array(blocks, format="csr")
        values = np.concatenate([
            part for one in order
            for part in (self.splits[one].values, np.zeros(size if one else 0, dtype=np.int64))
        ])  # fmt: skip
        first = sum(size * len(self.splits[one].categories) for one in order[: order.index(name)])
        return _most(rows, values, unknowns + first, self.k) is not None

    def _split(self, name: str, cells: Sequence[tuple[Mapping[str, str], int]]) -> Split:
        categories, members, silent = self._categories(name)
        own = [(dims, value) for dims, value in cells if _name(self, dims) == name]
        inside = [self._unknowns(name, dims, categories, members) for dims, _ in own]
        at = np.concatenate([np.full(len(these), nth) for nth, these in enumerate(inside)])
        shape = (len(own), self.size * len(categories))
        rows = csr_array((np.ones(len(at), dtype=np.int64), (at, np.concatenate(inside))), shape=shape)
        suspects = dict(self._suspects(name, own, categories, members, silent))
        return Split(name, categories, silent, rows, np.array([value for _, value in own]), suspects)

    def _suspects(
        self,
        name: str,
        own: Sequence[tuple[Mapping[str, str], int]],
        categories: tuple[str, ...],
        members: Mapping[str, frozenset[int]],
        silent: frozenset[int],
    ) -> Iterator[tuple[str, tuple[Numbers, bool]]]:
        """The finest groups of leaves with each category, and everybody beside a printed one."""
        looks: dict[bytes, list[int]] = {}
        covers = np.zeros((len(own), self.size), dtype=np.bool_)
        for nth, (dims, _) in enumerate(own):
            covers[nth, self._cover(dims)] = True
        for leaf in np.flatnonzero(covers.any(axis=0)):
            looks.setdefault(covers[:, leaf].tobytes(), []).append(int(leaf))
        for leaves in looks.values():
            for nth in set(range(len(categories))) - silent:
                yield f"{leaves[0]} {categories[nth]}", (np.array(leaves) * len(categories) + nth, False)
        for dims, _ in own if name else ():
            code = dims[name.partition(":")[0]]
            member = next(one for one in self.dimensions[name.partition(":")[0]]["members"] if one["code"] == code)
            if member.get("asserts", True):
                around = members.get(self._ground(name, member), frozenset(range(len(categories))))
                others = sorted(around - members[code])
                found = [leaf * len(categories) + nth for leaf in self._cover(dims) for nth in others]
                yield f"all but {dims}", (np.array(found, dtype=np.int64), True)

    def _categories(self, name: str) -> tuple[tuple[str, ...], Mapping[str, frozenset[int]], frozenset[int]]:
        if not name:
            return ("",), {}, frozenset()
        dimension, _, flag = name.partition(":")
        if flag:
            return (flag, "out"), {flag: frozenset({0})}, frozenset()
        leaves = tuple(sorted(self._below(dimension, None)))
        codes = [member["code"] for member in self.dimensions[dimension]["members"]]
        members = {code: frozenset(map(leaves.index, self._below(dimension, code))) for code in codes}
        grounds = [members[one["code"]] for one in self.dimensions[dimension]["members"] if one.get("ground")]
        silent = frozenset(range(len(leaves))).difference(*grounds) if grounds else frozenset[int]()
        return leaves, members, silent

    def _ground(self, name: str, member: Mapping[str, Any]) -> str:
        by_code = {one["code"]: one for one in self.dimensions[name.partition(":")[0]]["members"]}
        while (parent := member.get("parent")) is not None:
            member = by_code[parent]
            if member.get("ground"):
                return str(parent)
        return ""

    def _unknowns(
        self, name: str, dims: Mapping[str, str], categories: tuple[str, ...], members: Mapping[str, frozenset[int]]
    ) -> Numbers:
        chosen = sorted(members[dims[name.partition(":")[0]]]) if name else [0]
        return (self._cover(dims)[:, None] * len(categories) + np.array(chosen)[None, :]).ravel()

    def _cover(self, dims: Mapping[str, str]) -> Numbers:
        key = dims["place"], dims["period"]
        if key not in self._covers:
            inside = product(self._below("place", key[0]), self._below("period", key[1]))
            self._covers[key] = np.array(sorted({self.leaves[leaf] for leaf in inside}))
        return self._covers[key]

    def _below(self, name: str, code: str | None) -> set[str]:
        members = self.dimensions[name]["members"]
        group = next((one["of"] for one in members if one["code"] == code and "of" in one), None)
        if group is not None:
            return set(group)
        children = [one["code"] for one in members if "of" not in one and one["parent"] == code]
        return set().union(*(self._below(name, child) for child in children)) if children else {code or ""}

    def _truth(self, people: Iterable[Mapping[str, Any]]) -> dict[str, Numbers]:
        truth = {name: np.zeros(self.size * len(one.categories), np.int64) for name, one in self.splits.items()}
        for person in people:
            leaf = self.leaves.get((person["place"], person["period"]), -1)
            for name, split in self.splits.items() if leaf >= 0 else ():
                dimension, _, flag = name.partition(":")
                said = "" if not name else (flag if flag in person[dimension] else "out") if flag else person[dimension]
                truth[name][leaf * len(split.categories) + split.categories.index(said)] += 1
        return truth


def _name(reader: Reader, dims: Mapping[str, str]) -> str:
    """'' for everybody, 'rating', 'theme:KOM'. Refuses what this reader was not made for."""
    split = [name for name in dims if not reader.dimensions[name].get("base")]
    assert len(split) <= 1, "crossed tables"
    if not split:
        return ""
    (name,) = split
    if reader.dimensions[name]["kind"] == "tree":
        return name
    assert "." not in dims[name], "sub-themes"
    return f"{name}:{dims[name]}"


def _most(
    rows: csr_array, values: Numbers, unknowns: Numbers, enough: int, *, cost: NDArray[np.float64] | None = None
) -> Numbers | None:
    """Whole numbers that fit every row and put `enough` into the group, at least cost; None when there are none.

    Fractions are asked first: where there are none, there are no whole numbers; and they are often whole.
    """
    goal = csr_array((np.ones(len(unknowns)), (np.zeros(len(unknowns), dtype=int), unknowns)), shape=(1, rows.shape[1]))
    rules = [LinearConstraint(rows, values, values), LinearConstraint(goal, enough, np.inf)]
    for whole in (0, 1):
        wanted = np.zeros(rows.shape[1]) if cost is None else cost
        found = milp(wanted, constraints=rules, bounds=Bounds(0, np.inf), integrality=whole)
        if found.status == INFEASIBLE:
            return None
        assert found.success, found.message
        table = np.rint(found.x).astype(np.int64)
        if table.min() >= 0 and (rows @ table == values).all() and table[unknowns].sum() >= enough:
            return table
    raise AssertionError("the solver's people do not add up")
