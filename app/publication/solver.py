"""Linear and integer programs, solved by HiGHS: the only file that knows scipy.

A solver's word is never taken for safety: a table counts only when its whole numbers, put back into
every equation, come out exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from app.publication.unknowns import Row

Numbers = NDArray[np.int64]
Fractions = NDArray[np.float64]
Marks = NDArray[np.bool_]

_INFEASIBLE = 2
_NOTHING = 1e-6
"""Slack below this is the solver's rounding, not a bent figure."""


class SolverFailed(Exception):
    """No answer: out of time, or numbers the solver could not handle."""


@dataclass(frozen=True)
class Bend:
    """A table of whole numbers that holds the group, and the figures it does not fit."""

    table: Numbers
    bent: Marks
    cost: float


def matrix(rows: Sequence[Row], size: int) -> csr_array:
    """Rows of unknowns as a sparse matrix."""
    entries = [(nth, unknown, factor) for nth, row in enumerate(rows) for unknown, factor in row]
    at, unknowns, factors = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((np.array(factors, dtype=np.int64), (at, unknowns)), shape=(len(rows), size))


class System:
    """Whole unknowns >= 0, equations that always hold, and figures that hold while they are shown."""

    def __init__(
        self, fixed: csr_array, fixed_values: Numbers, figures: csr_array, values: Numbers, *, seconds: float
    ) -> None:
        self.count, self.size = (int(side) for side in figures.shape)
        self.seconds = seconds
        self._fixed, self._fixed_values = fixed, fixed_values
        self._figures, self._values = figures, values
        self._known: dict[bytes, tuple[tuple[Marks, csr_array], tuple[Marks, csr_array]]] = {}

    @classmethod
    def of(
        cls, size: int, fixed: Sequence[tuple[Row, int]], figures: Sequence[tuple[Row, int]], *, seconds: float = 20.0
    ) -> Self:
        """From equations as rows and values."""
        sides = [
            (matrix([row for row, _ in rows], size), np.array([value for _, value in rows], dtype=np.int64))
            for rows in (fixed, figures)
        ]
        return cls(*sides[0], *sides[1], seconds=seconds)

    def holding(self, columns: Marks, truth: Numbers) -> tuple[Self, Marks]:
        """Only these unknowns, all others held at what is true; and which figures are about them.

        Whatever it can reach, the whole can reach.
        """
        (fixed, fixed_rows), (figures, figure_rows) = self._about(columns)
        others = np.where(columns, 0, truth)
        part = type(self)(
            fixed_rows[:, columns],
            self._fixed_values[fixed] - fixed_rows @ others,
            figure_rows[:, columns],
            self._values[figures] - figure_rows @ others,
            seconds=self.seconds,
        )
        return part, figures

    def without_others(self, columns: Marks) -> tuple[Self, Marks]:
        """Only what is said about these unknowns alone; and which figures that is.

        Whatever it cannot reach, the whole cannot reach.
        """
        fixed, figures = ~_touches(self._fixed, ~columns), ~_touches(self._figures, ~columns)
        part = type(self)(
            self._fixed[fixed][:, columns],
            self._fixed_values[fixed],
            self._figures[figures][:, columns],
            self._values[figures],
            seconds=self.seconds,
        )
        return part, figures

    def families(self, columns: Marks) -> NDArray[np.int32]:
        """A number per unknown: those among `columns` that hang together share one, all others have -1."""
        rows = vstack([self._fixed, self._figures], format="csr")[:, columns]
        found = np.full(self.size, -1, dtype=np.int32)
        found[columns] = connected_components((abs(rows).T @ abs(rows)), directed=False)[1]
        return found

    def reach(
        self, group: Row, least: int, shown: Marks, *, still: Marks | None = None, at: Numbers | None = None
    ) -> Numbers | None:
        """A table that fits every shown figure and puts `least` into the group; None when there is none.

        Unknowns marked `still` stay as near `at` as they can. Without whole numbers the answer could
        be a lie: two odd triangles may hold three halves each.
        """
        target = matrix([group], self.size)
        moved = eye_array(self.size, format="csr")[still if still is not None else slice(0, 0)]
        count = int(moved.shape[0])
        rules = [
            *self._equations(shown, beside=2 * count),
            LinearConstraint(_beside(target, csr_array((1, 2 * count))), least, np.inf),
        ]
        if count and at is not None:
            apart = hstack([moved, -eye_array(count), eye_array(count)], format="csr")
            rules.append(LinearConstraint(apart, moved @ at, moved @ at))
        cost = np.concatenate([np.zeros(self.size), np.ones(2 * count)])
        for whole in (0, 1):
            integers = np.repeat([whole, 0], [self.size, 2 * count])
            found = _solve(cost, rules, whole=integers, seconds=self.seconds)
            if found is None:
                return None
            table = np.rint(found[: self.size]).astype(np.int64)
            if self.fits(table, shown) and (target @ table)[0] >= least:
                return table
        raise SolverFailed("the whole numbers found do not fit")

    def fill(self, groups: Sequence[Row], least: int, shown: Marks) -> Numbers | None:
        """A table that fits and fills as many of the groups as it can."""
        count = len(groups)
        filled = LinearConstraint(hstack([matrix(groups, self.size), -eye_array(count)], format="csr"), 0, np.inf)
        rules = [*self._equations(shown, beside=count), filled]
        upper = np.repeat([np.inf, least], [self.size, count])
        cost = np.repeat([0.0, -1.0], [self.size, count])
        for whole in (0, 1):
            integers = np.repeat([whole, 0], [self.size, count])
            found = _solve(cost, rules, upper=upper, whole=integers, seconds=self.seconds)
            if found is None or self.fits(table := np.rint(found[: self.size]).astype(np.int64), shown):
                return None if found is None else table
        return None

    def bend(self, group: Row, least: int, shown: Marks, weights: Fractions) -> Bend | None:
        """Let shown figures give way, the light ones first, until the group can hold `least`.

        None means that what always holds pins the group all by itself.
        """
        found = self.bend_by_size(group, least, shown, weights)
        return None if found is None else self.bend_in_whole(found, group, least, shown, weights)

    def bend_by_size(self, group: Row, least: int, shown: Marks, weights: Fractions) -> Fractions | None:
        """The bending LP: numbers with the least weighted sum of slack, in whatever fractions."""
        found = _solve(
            np.concatenate([np.zeros(self.size), weights[shown], weights[shown]]),
            self._bendable(group, least, shown, beside=0),
            seconds=self.seconds,
        )
        return None if found is None else found[: self.size]

    def slack(self, found: Fractions | Numbers, shown: Marks, weights: Fractions) -> float:
        """How far shown figures give way, by weight."""
        return float(np.abs(self._figures @ found - self._values)[shown] @ weights[shown])

    def bend_in_whole(self, found: Fractions, group: Row, least: int, shown: Marks, weights: Fractions) -> Bend | None:
        """A table of whole numbers, as near to the fractions as there is one."""
        table: Numbers | None = np.rint(found).astype(np.int64)
        if not self._holds(table, group, least):
            still = shown & (np.abs(self._figures @ found - self._values) <= _NOTHING)
            table = self.reach(group, least, still)
        if table is None:
            table = self._bend_by_count(group, least, shown, weights)
        return None if table is None else Bend(table, shown & ~self.fitted(table), self.slack(table, shown, weights))

    def fits(self, table: Numbers, shown: Marks) -> bool:
        """Whether whole numbers fit every equation and every shown figure, exactly."""
        return self.always_fits(table) and bool((self.fitted(table) | ~shown).all())

    def fits_in(self, table: Numbers, columns: Marks, shown: Marks) -> bool:
        """The same, for the equations and figures about these unknowns only."""
        (fixed, fixed_rows), (figures, figure_rows) = self._about(columns)
        right = (fixed_rows @ table == self._fixed_values[fixed]).all()
        return bool(right and ((figure_rows @ table == self._values[figures]) | ~shown[figures]).all())

    def fitted(self, table: Numbers) -> Marks:
        """The figures a table fits."""
        return np.asarray(self._figures @ table == self._values)

    def _about(self, columns: Marks) -> tuple[tuple[Marks, csr_array], tuple[Marks, csr_array]]:
        """The equations and the figures about these unknowns; the same few sets are asked for again and again."""
        key = columns.tobytes()
        if key not in self._known:
            fixed, figures = _touches(self._fixed, columns), _touches(self._figures, columns)
            self._known[key] = (fixed, self._fixed[fixed]), (figures, self._figures[figures])
        return self._known[key]

    def always_fits(self, table: Numbers) -> bool:
        """Whether whole numbers fit every equation that always holds."""
        return bool((table >= 0).all() and (self._fixed @ table == self._fixed_values).all())

    def _holds(self, table: Numbers | None, group: Row, least: int) -> bool:
        return table is not None and self.always_fits(table) and (matrix([group], self.size) @ table)[0] >= least

    def _equations(self, shown: Marks, *, beside: int = 0) -> list[LinearConstraint]:
        """What holds now, with room for `beside` further unknowns that it says nothing about."""
        rows = [(self._fixed, self._fixed_values), (self._figures[shown], self._values[shown])]
        return [
            LinearConstraint(_beside(equations, csr_array((equations.shape[0], beside))), values, values)
            for equations, values in rows
            if equations.shape[0]
        ]

    def _bend_by_count(self, group: Row, least: int, shown: Marks, weights: Fractions) -> Numbers | None:
        """The least weight of figures that must go, in whole numbers: one yes or no per figure."""
        count = int(shown.sum())
        most = float(self._values.sum() + least)
        slack = hstack([csr_array((count, self.size)), eye_array(count), eye_array(count), -most * eye_array(count)])
        free = np.full(self.size + 2 * count, np.inf)
        found = _solve(
            np.concatenate([np.zeros(self.size + 2 * count), weights[shown]]),
            [*self._bendable(group, least, shown, beside=count), LinearConstraint(slack, -np.inf, 0)],
            upper=np.concatenate([free, np.ones(count)]),
            whole=np.repeat([1, 0, 1], [self.size, 2 * count, count]),
            seconds=self.seconds,
        )
        if found is None:
            return None
        table = np.rint(found[: self.size]).astype(np.int64)
        if not self._holds(table, group, least):
            raise SolverFailed("the whole numbers found do not fit")
        return table

    def _bendable(self, group: Row, least: int, shown: Marks, *, beside: int) -> list[LinearConstraint]:
        """As `_equations`, but each shown figure may be missed, with two slacks to say by how much."""
        rest = beside + 2 * (count := int(shown.sum()))
        slacks = hstack([eye_array(count), -eye_array(count), csr_array((count, beside))], format="csr")
        figures, values = _beside(self._figures[shown], slacks), self._values[shown]
        fixed = _beside(self._fixed, csr_array((self._fixed.shape[0], rest)))
        target = _beside(matrix([group], self.size), csr_array((1, rest)))
        always = [LinearConstraint(fixed, self._fixed_values, self._fixed_values)] if fixed.shape[0] else []
        return [*always, LinearConstraint(figures, values, values), LinearConstraint(target, least, np.inf)]


def _touches(rows: csr_array, columns: Marks) -> Marks:
    return np.asarray(abs(rows) @ columns.astype(np.int64) > 0)


def most(equations: csr_array, values: Numbers, group: Row, enough: int) -> tuple[int, Numbers | None]:
    """How many the group can hold in whole numbers, counted no further than `enough`, and a table that does.

    Only the counting stops there, not the group: people may come in pairs, four or six and never five. Below
    `enough` fractions are a bound, and whole ones are a table.
    """
    size = equations.shape[1]
    target = matrix([group], size)
    rules = [
        LinearConstraint(_beside(equations, csr_array((equations.shape[0], 1))), values, values),
        LinearConstraint(matrix([[*group, (size, -1)]], size + 1), 0, np.inf),
    ]
    upper = np.append(np.full(size, np.inf), enough)
    for whole in (0, 1):
        found = _solve(np.append(np.zeros(size), -1), rules, upper=upper, whole=np.append(np.full(size, whole), 0))
        if found is None:
            break
        high, table = int(found[size] + _NOTHING), np.rint(found[:size]).astype(np.int64)
        if (table >= 0).all() and (equations @ table == values).all() and (target @ table)[0] >= high:
            return high, table
        if high < enough:
            return high, None
    raise SolverFailed("no table fits what was printed")


def _solve(
    cost: Fractions,
    rules: Sequence[LinearConstraint],
    *,
    upper: Fractions | float = np.inf,
    whole: NDArray[np.int64] | None = None,
    seconds: float = 20.0,
) -> Fractions | None:
    """The cheapest numbers that keep the rules; None when no numbers do."""
    result = milp(cost, constraints=rules, bounds=Bounds(0, upper), integrality=whole, options={"time_limit": seconds})
    if result.status == _INFEASIBLE:
        return None
    if not result.success:
        raise SolverFailed(result.message)
    return np.asarray(result.x, dtype=np.float64)


def _beside(left: csr_array, right: csr_array) -> csr_array:
    return hstack([left, right], format="csr") if right.shape[1] else left
