"""Linear and integer programs, solved by HiGHS: the only file that knows scipy.

A solver's word is never taken for safety: a table counts only when its whole numbers, put back into
every equation, come out exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

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
    bent: tuple[int, ...]


def matrix(rows: Sequence[Row], size: int) -> csr_array:
    """Rows of unknowns as a sparse matrix."""
    entries = [(nth, unknown, factor) for nth, row in enumerate(rows) for unknown, factor in row]
    at, unknowns, factors = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((np.array(factors, dtype=np.int64), (at, unknowns)), shape=(len(rows), size))


class System:
    """Whole unknowns >= 0, equations that always hold, and figures that hold while they are shown."""

    def __init__(
        self, size: int, fixed: Sequence[tuple[Row, int]], figures: Sequence[tuple[Row, int]], *, seconds: float = 20.0
    ) -> None:
        self.size = size
        self.count = len(figures)
        self.seconds = seconds
        self._fixed = matrix([row for row, _ in fixed], size)
        self._fixed_values = np.array([value for _, value in fixed], dtype=np.int64)
        self._figures = matrix([row for row, _ in figures], size)
        self._values = np.array([value for _, value in figures], dtype=np.int64)

    def reach(self, group: Row, least: int, shown: Marks) -> Numbers | None:
        """A table that fits every shown figure and puts `least` into the group; None when there is none.

        Without whole numbers the answer could be a lie: two odd triangles may hold three halves each.
        """
        target = matrix([group], self.size)
        rules = [*self._equations(shown), LinearConstraint(target, least, np.inf)]
        for whole in (0, 1):
            found = _solve(np.zeros(self.size), rules, whole=np.full(self.size, whole), seconds=self.seconds)
            if found is None:
                return None
            table = _rounded(found)
            if self.fits(table, shown) and (target @ table)[0] >= least:
                return table
        raise SolverFailed("the whole numbers found do not fit")

    def fill(self, groups: Sequence[Row], least: int, shown: Marks) -> Numbers | None:
        """A table that fits and fills as many of the groups as it can; None when it is not whole."""
        count = len(groups)
        filled = hstack([matrix(groups, self.size), -eye_array(count)], format="csr")
        found = _solve(
            np.concatenate([np.zeros(self.size), -np.ones(count)]),
            [*self._equations(shown, beside=count), LinearConstraint(filled, 0, np.inf)],
            upper=np.concatenate([np.full(self.size, np.inf), np.full(count, least)]),
            seconds=self.seconds,
        )
        table = None if found is None else _rounded(found[: self.size])
        return table if table is not None and self.fits(table, shown) else None

    def bend(self, group: Row, least: int, shown: Marks, weights: Fractions) -> Bend | None:
        """Let shown figures give way, the light ones first, until the group can hold `least`.

        None means that what always holds pins the group all by itself.
        """
        found = self._bend_by_size(group, least, shown, weights)
        if found is None:
            return None
        table: Numbers | None = _rounded(found)
        if not self._holds(table, group, least):
            still = shown & (np.abs(self._figures @ found - self._values) <= _NOTHING)
            table = self.reach(group, least, still)
        if table is None:
            table = self._bend_by_count(group, least, shown, weights)
        if table is None:
            return None
        bent = shown & (self._figures @ table != self._values)
        return Bend(table, tuple(int(nth) for nth in np.flatnonzero(bent)))

    def fits(self, table: Numbers, shown: Marks) -> bool:
        """Whether whole numbers fit every equation and every shown figure, exactly."""
        return self._always_fits(table) and bool((self.fitted(table) | ~shown).all())

    def fitted(self, table: Numbers) -> Marks:
        """The figures a table fits."""
        return np.asarray(self._figures @ table == self._values)

    def _always_fits(self, table: Numbers) -> bool:
        return bool((table >= 0).all() and (self._fixed @ table == self._fixed_values).all())

    def _holds(self, table: Numbers | None, group: Row, least: int) -> bool:
        return table is not None and self._always_fits(table) and (matrix([group], self.size) @ table)[0] >= least

    def _equations(self, shown: Marks, *, beside: int = 0) -> list[LinearConstraint]:
        """What holds now, with room for `beside` further unknowns that it says nothing about."""
        rows = [(self._fixed, self._fixed_values), (self._figures[shown], self._values[shown])]
        return [
            LinearConstraint(_beside(equations, csr_array((equations.shape[0], beside))), values, values)
            for equations, values in rows
            if equations.shape[0]
        ]

    def _bend_by_size(self, group: Row, least: int, shown: Marks, weights: Fractions) -> Fractions | None:
        """The bending LP: the least weighted sum of slack, in whatever fractions."""
        found = _solve(
            np.concatenate([np.zeros(self.size), weights[shown], weights[shown]]),
            self._bendable(group, least, shown, beside=0),
            seconds=self.seconds,
        )
        return None if found is None else found[: self.size]

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
            whole=np.concatenate([np.ones(self.size), np.zeros(2 * count), np.ones(count)]),
            seconds=self.seconds,
        )
        if found is None:
            return None
        table = _rounded(found[: self.size])
        if not self._holds(table, group, least):
            raise SolverFailed("the whole numbers found do not fit")
        return table

    def _bendable(self, group: Row, least: int, shown: Marks, *, beside: int) -> list[LinearConstraint]:
        """As `_equations`, but each shown figure may be missed, with two slacks to say by how much."""
        count = int(shown.sum())
        rest = 2 * count + beside
        figures = hstack([self._figures[shown], eye_array(count), -eye_array(count), csr_array((count, beside))])
        target = matrix([group], self.size)
        fixed = LinearConstraint(_beside(self._fixed, csr_array((self._fixed.shape[0], rest))), *[self._fixed_values] * 2)
        return [
            *([fixed] if self._fixed.shape[0] else []),
            LinearConstraint(figures.tocsr(), self._values[shown], self._values[shown]),
            LinearConstraint(_beside(target, csr_array((1, rest))), least, np.inf),
        ]


def most(rows: Sequence[tuple[Row, int]], size: int, group: Row, enough: int) -> tuple[int, Numbers]:
    """How many the group can hold in whole numbers, asked no further than `enough`, and a table that does."""
    equations = matrix([row for row, _ in rows], size)
    values = np.array([value for _, value in rows], dtype=np.int64)
    target = matrix([group], size)
    found = _solve(
        -target.toarray()[0].astype(np.float64),
        [LinearConstraint(equations, values, values), LinearConstraint(target, 0, enough)],
        whole=np.ones(size),
    )
    table = None if found is None else _rounded(found)
    if table is None or (table < 0).any() or (equations @ table != values).any():
        raise SolverFailed("no table fits what was printed")
    return int((target @ table)[0]), table


def _solve(
    cost: Fractions,
    rules: Sequence[LinearConstraint],
    *,
    upper: Fractions | float = np.inf,
    whole: NDArray[np.generic] | None = None,
    seconds: float = 20.0,
) -> Fractions | None:
    """The cheapest numbers that keep the rules; None when no numbers do."""
    result = milp(
        cost, constraints=rules, bounds=Bounds(0, upper), integrality=whole, options={"time_limit": seconds}
    )
    if result.status == _INFEASIBLE:
        return None
    if not result.success:
        raise SolverFailed(result.message)
    return np.asarray(result.x, dtype=np.float64)


def _rounded(found: Fractions) -> Numbers:
    return np.rint(found).astype(np.int64)


def _beside(left: csr_array, right: csr_array) -> csr_array:
    return hstack([left, right], format="csr") if right.shape[1] else left
