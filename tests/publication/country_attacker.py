"""A reader who kept every release of a whole country and has an integer solver.

Shares no code with the guard or its second check: a site in a month is an unknown of its own in every table, unless no
figure of any table tells it from another, or nothing else is cut from that table. Crossed tables form a tree, so
numbers that agree from table to table, site by site and month by month, are numbers of people.
A group is attacked while everything else stays as it is; whoever looks pinned so is attacked again with everybody
loose, as near the truth as can be, and last with the whole country in one program.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from tests.publication.country_codes import Codes, Names, Numbers, Table, Variable

Document = Mapping[str, Any]
Marks = NDArray[np.bool_]
INFEASIBLE = 2


@dataclass
class Rows:
    """Equations, as they are found."""

    columns: list[Numbers] = field(default_factory=list)
    factors: list[Numbers] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def add(self, plus: Numbers, value: int, minus: Numbers = np.array([], dtype=np.int64)) -> None:  # noqa: B008
        self.columns.append(np.concatenate([plus, minus]))
        self.factors.append(np.repeat([1, -1], [len(plus), len(minus)]))
        self.values.append(value)

    def matrix(self, size: int) -> csr_array:
        at = np.repeat(np.arange(len(self.columns)), [len(one) for one in self.columns])
        entries = np.concatenate(self.factors).astype(np.int64), (at, np.concatenate(self.columns))
        return csr_array(entries, shape=(len(self.columns), size))


class Reader(Codes):
    """Everything printed in one catalogue year."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.k = documents[-1]["k"]
        super().__init__({one["id"]: one for one in documents[-1]["dimensions"]})
        listed = [(cell["dims"], cell["value"]) for one in documents for cell in one["cells"]]
        self.printed: dict[Names, list[tuple[Mapping[str, str], int]]] = {}
        for dims, value in listed:
            if value is not None:
                self.printed.setdefault(self._names(dims), []).append((dims, value))
        self.leaves = self._told_apart({(dims["place"], dims["period"]) for dims, value in listed if value is not None})
        self.inward = self._hanging_on(set(self.printed))
        self.tables = self._tables()
        self.size = sum(one.size for one in self.tables.values())
        self.rows, self.values = self._equations()

    def leaks(self, people: Iterable[Mapping[str, Any]]) -> list[str]:
        """Every group of 1 to k-1 people, or as few beside a printed category, that is surely below k."""
        truth = self._truth(people)
        assert (self.rows @ truth == self.values).all(), "the figures are not those of these people"
        return [
            f"{'*'.join(table.names)}: {group}"
            for table in self.tables.values()
            for group, columns in self._pinned(table, truth)
            if not self._can_be_k_nearby(table, columns, truth) and not self._can_be_k_somehow(columns)
        ]

    # ── Who is asked about, and how ──────────────────────────────────────────────

    def _pinned(self, table: Table, truth: Numbers) -> Iterator[tuple[str, Numbers]]:
        """Groups that cannot be k while all but this table and those beside it stay as they are."""
        waiting = {
            name: columns
            for name, columns, counts_empty in self._suspects(table)
            if (0 if counts_empty else 1) <= truth[columns].sum() < self.k
        }
        free = self._of({table.names, *self._beside(table.names)} - ({()} if table.names else set()))
        rows, values = self._holding(free, truth)
        place = np.cumsum(free) - 1
        while waiting:
            name, columns = waiting.popitem()
            found = _most(rows, values, place[columns], self.k)
            if found is None:
                yield name, columns
            else:  # one table often clears many others
                waiting = {other: them for other, them in waiting.items() if found[place[them]].sum() < self.k}

    def _can_be_k_nearby(self, table: Table, columns: Numbers, truth: Numbers) -> bool:
        """The tables that hang together with everybody loose, near the truth; then each other one fitted to that."""
        families = self._families()
        own = next((one for one in families if table.names in one), set[Names]())
        everybody, free = self._of({()}), self._of({(), *own})
        about = ~_touches(self.rows, ~free)
        loose = eye_array(self.size, format="csr", dtype=np.int64)[everybody][:, free]
        one = eye_array(loose.shape[0], dtype=np.int64)
        rows = block_array([[self.rows[about][:, free], None, None], [loose, -one, one]], format="csr")
        values = np.concatenate([self.values[about], truth[everybody]])
        cost = np.repeat([0.0, 1.0], [int(free.sum()), 2 * one.shape[0]])
        found = _most(rows, values, (np.cumsum(free) - 1)[columns], self.k, cost=cost)
        if found is None:
            return False
        now = truth.copy()
        now[free] = found[: int(free.sum())]
        others = (self._holding(self._of(one), now) for one in families if one != own)
        return all(_most(*held, np.array([], dtype=np.int64), 0) is not None for held in others)

    def _can_be_k_somehow(self, columns: Numbers) -> bool:
        """The whole country at once, nothing held."""
        return _most(self.rows, self.values, columns, self.k) is not None

    def _holding(self, free: Marks, at: Numbers) -> tuple[csr_array, Numbers]:
        """What is said of some unknowns while all others stay."""
        about = _touches(self.rows, free)
        rows = self.rows[about]
        return rows[:, free], self.values[about] - rows @ np.where(free, 0, at)

    def _of(self, tables: Iterable[Names]) -> Marks:
        marks = np.zeros(self.size, dtype=np.bool_)
        for names in tables:
            marks[self.tables[names].first : self.tables[names].first + self.tables[names].size] = True
        return marks

    def _beside(self, names: Names) -> set[Names]:
        return set(self.inward[names]) | {one for one, wider in self.inward.items() if names in wider}

    def _families(self) -> list[set[Names]]:
        """Tables that hang together otherwise than through everybody."""
        found: list[set[Names]] = []
        for names, wider in self.inward.items():
            near = {names, *wider} - {()}
            found = [*(one for one in found if not one & near), near.union(*(one for one in found if one & near))]
        return [one for one in found if one]

    def _suspects(self, table: Table) -> Iterator[tuple[str, Numbers, bool]]:
        """The finest groups of leaves with each category, and everybody beside a printed one."""
        for leaves in self._alike(self._told_of(table.names)):
            for labels in product(*(one.groups for one in table.variables)):
                chosen = [[one.groups[label]] for one, label in zip(table.variables, labels, strict=True)]
                yield f"{leaves[0]} {labels}", table.columns(leaves, chosen), False
        for dims in table.own:
            codes = [dims[name.partition(":")[0]] for name in table.names]
            inside = [one.members[code] for one, code in zip(table.variables, codes, strict=True)]
            for nth, (name, code) in enumerate(zip(table.names, codes, strict=True)):
                if self._member(name, code).get("asserts", True):
                    one, ground = table.variables[nth], self._ground(name, code)
                    around = one.members[ground] if ground else frozenset(range(one.size))
                    others = [*inside[:nth], around - inside[nth], *inside[nth + 1 :]]
                    yield f"all but {dims}", table.columns(self._cover(dims), others), True

    def _told_of(self, wider: Names) -> list[Mapping[str, str]]:
        """Where figures of a table, or of one cut from it, are printed."""
        return [dims for names, cells in self.printed.items() if self._is_cut_from(names, wider) for dims, _ in cells]

    def _is_cut_from(self, names: Names, wider: Names) -> bool:
        return names == wider or any(self._is_cut_from(one, wider) for one in self.inward[names])

    # ── What is printed ──────────────────────────────────────────────────────────

    def _told_apart(self, printed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """A number for each site and month, the same where every figure holds both or neither; none without figures."""
        looks: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for pair in sorted(printed):
            for leaf in product(self._below("place", pair[0]), self._below("period", pair[1])):
                looks.setdefault(leaf, []).append(pair)
        numbers: dict[tuple[tuple[str, str], ...], int] = {}
        return {leaf: numbers.setdefault(tuple(look), len(numbers)) for leaf, look in sorted(looks.items())}

    def _hanging_on(self, printed: set[Names]) -> dict[Names, list[Names]]:
        """Each table with those that are known with it: with one split less, or a flag less deep."""
        found: dict[Names, list[Names]] = {(): []}
        waiting = sorted(printed)
        while waiting:
            names = waiting.pop()
            singles = [(name,) for name in names] if len(names) > 1 else []
            around = [self._variable(name).wider for name in names]
            deeper = [tuple(sorted({*names, one} - {name})) for name, one in zip(names, around, strict=True) if one]
            wider = singles or deeper or ([()] if names else [])
            found[names] = [*wider, *(one for one in deeper if one in printed and one not in wider)]
            waiting += [one for one in wider if one not in found]
        return dict(sorted(found.items()))

    def _tables(self) -> dict[Names, Table]:
        """A table from which no other is cut need only know what its own figures tell apart."""
        found: dict[Names, Table] = {}
        first = 0
        for names in self.inward:
            finer, own = self._told_of(names), [dims for dims, _ in self.printed.get(names, ())]
            is_outermost = len(names) == 1 and not any(names in wider for wider in self.inward.values())
            alike = (
                self._alike(own) if is_outermost else [[one] for one in sorted(set().union(*map(self._cover, finer)))]
            )
            classes = {leaf: nth for nth, leaves in enumerate(alike) for leaf in leaves}
            found[names] = Table(names, tuple(map(self._variable, names)), first, classes, own)
            first += found[names].size
        return found

    def _alike(self, told: Iterable[Mapping[str, str]]) -> list[list[int]]:
        """Leaves that all these figures hold together or not at all."""
        looks: dict[int, list[frozenset[int]]] = {}
        for cover in sorted({self._cover(dims) for dims in told}, key=sorted):
            for leaf in cover:
                looks.setdefault(leaf, []).append(cover)
        groups: dict[tuple[frozenset[int], ...], list[int]] = {}
        for leaf, look in sorted(looks.items()):
            groups.setdefault(tuple(look), []).append(leaf)
        return list(groups.values())

    def _equations(self) -> tuple[csr_array, Numbers]:
        """Every printed figure, and that tables agree with each other."""
        rows = Rows()
        for table, dims, value in self._figures():
            chosen = [
                one.members[dims[name.partition(":")[0]]]
                for name, one in zip(table.names, table.variables, strict=True)
            ]
            rows.add(table.columns(self._cover(dims), chosen), value)
        for names, inward in self.inward.items():
            for wider in inward:
                self._agree(rows, self.tables[names], self.tables[wider])
        return rows.matrix(self.size), np.array(rows.values, dtype=np.int64)

    def _figures(self) -> Iterator[tuple[Table, Mapping[str, str], int]]:
        return ((self.tables[names], *cell) for names, cells in self.printed.items() for cell in cells)

    def _agree(self, rows: Rows, table: Table, wider: Table) -> None:
        classes: dict[int, list[int]] = {}
        for leaf, nth in table.classes.items():
            classes.setdefault(nth, []).append(leaf)
        for leaves, categories in product(classes.values(), product(*(range(one.size) for one in wider.variables))):
            chosen = dict(zip(wider.names, categories, strict=True))
            inside = [_inside(one, name, chosen) for name, one in zip(table.names, table.variables, strict=True)]
            rows.add(table.columns(leaves, inside), 0, wider.columns(leaves, [[one] for one in categories]))

    def _truth(self, people: Iterable[Mapping[str, Any]]) -> Numbers:
        truth = np.zeros(self.size, dtype=np.int64)
        for person in people:
            leaf = self.leaves.get((person["place"], person["period"]), -1)
            said: dict[str, int] = {}
            for table in self.tables.values():
                if leaf in table.classes:
                    for name in table.names:
                        said[name] = said[name] if name in said else self._category(name, person)
                    truth[table.columns([leaf], [[said[name]] for name in table.names])] += 1
        return truth

    def _category(self, name: str, person: Mapping[str, Any]) -> int:
        dimension, _, flag = name.partition(":")
        if not flag:
            return min(self._variable(name).members[person[dimension]])
        chain = self._chain(dimension, flag)
        return next((nth for nth, code in enumerate(chain) if code in person[dimension]), len(chain))


def _inside(one: Variable, name: str, chosen: Mapping[str, int]) -> Iterable[int]:
    """The categories of a split that lie in what is chosen of a wider table."""
    if name in chosen:
        return [chosen[name]]
    if one.wider in chosen:
        return [nth for nth in range(one.size) if max(nth - 1, 0) == chosen[one.wider]]
    return range(one.size)


def _touches(rows: csr_array, columns: Marks) -> Marks:
    return np.asarray(abs(rows) @ columns.astype(np.int64) > 0)


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
    raise AssertionError("the whole numbers found do not fit")
