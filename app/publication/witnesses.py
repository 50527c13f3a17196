"""Tables found so far: each fits what is shown and proves that the groups it fills cannot be pinned down."""

from collections.abc import Sequence

import numpy as np

from app.publication.case import Group
from app.publication.solver import Marks, Numbers, SolverFailed, System, matrix

_KEPT = 3000
"""The newest prove the most; an older proof that is missed is found again."""


class Witnesses:
    """Remembers tables, which figures each fits and which groups each fills."""

    def __init__(self, system: System, groups: Sequence[Group], least: int) -> None:
        self._system = system
        self._least = least
        self._groups = matrix([group.row for group in groups], system.size)
        self._fitted = np.zeros((0, system.count), dtype=np.bool_)
        self._filled = np.zeros((0, len(groups)), dtype=np.bool_)

    def add(self, table: Numbers) -> None:
        """Remember a table, if it is one: numbers that do not add up prove nothing."""
        if not self._system.always_fits(table):
            raise SolverFailed("the whole numbers found do not fit")
        fitted = self._system.fitted(table)
        filled = np.asarray(self._groups @ table >= self._least)
        self._fitted = np.vstack([self._fitted, fitted])[-_KEPT:]
        self._filled = np.vstack([self._filled, filled])[-_KEPT:]

    def proven(self, shown: Marks) -> Marks:
        """The groups that some table fills while fitting every figure shown."""
        fits = (self._fitted | ~shown).all(axis=1)
        return np.asarray(self._filled[fits].any(axis=0))
