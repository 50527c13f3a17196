"""Could this group be k or more? Asked first where the answer is near, and of all unknowns only if it must.

All splits hang on everybody, and on each other only through everybody. So what one split can reach
with everybody held still is reachable, what it cannot reach even with everybody loose is not, and
only between the two must the whole be asked.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.publication.case import Case, Group
from app.publication.solver import Bend, Fractions, Marks, Numbers, SolverFailed, System
from app.publication.unknowns import Row

_SAME = 1e-6
"""Two costs closer than this are one, as far as the solver can tell."""


@dataclass(frozen=True)
class Part:
    """Some of the unknowns as a system of their own, and the way back to the whole."""

    system: System
    columns: Marks
    figures: Marks
    truth: Numbers

    def row(self, row: Row) -> Row:
        """A group's unknowns as the part numbers them."""
        place = np.cumsum(self.columns) - 1
        return tuple((int(place[unknown]), factor) for unknown, factor in row)

    def whole(self, table: Numbers) -> Numbers:
        """The part's table with everything else as it is."""
        found = self.truth.copy()
        found[self.columns] = table
        return found

    def bend(self, row: Row, least: int, shown: Marks, weights: Fractions, *, known: float = np.inf) -> Bend | None:
        """As `System.bend`, in terms of the whole. None, too, where not even fractions are lighter than `known`."""
        shown, weights, row = shown[self.figures], weights[self.figures], self.row(row)
        fractions = self.system.bend_by_size(row, least, shown, weights)
        if fractions is None or self.system.slack(fractions, shown, weights) >= known - _SAME:
            return None
        found = self.system.bend_in_whole(fractions, row, least, shown, weights)
        if found is None:
            return None
        bent = np.zeros_like(self.figures)
        bent[self.figures] = found.bent
        return Bend(self.whole(found.table), bent, found.cost)


class Questions:
    """A case, ready to be asked."""

    def __init__(self, case: Case, *, seconds: float) -> None:
        self.least = case.rules.k
        self.truth = np.array(case.truth, dtype=np.int64)
        figures = [(figure.row, figure.value) for figure in case.figures]
        self.system = System.of(len(case.truth), case.fixed, figures, seconds=seconds)
        self._split = np.ones(len(case.truth), dtype=np.bool_)
        self._split[case.everybody] = False
        self._family = self.system.families(self._split)
        self._held = cache(self._held_part)
        self._loose = cache(self._loose_part)

    def near(self, group: Group, shown: Marks) -> Numbers | None:
        """A table that fits and puts k into the group while everybody stands still; None when there is none."""
        family = self._family_of(group)
        if family is None:
            return None
        held = self._held(family)
        table = held.system.reach(held.row(group.row), self.least, shown[held.figures])
        return None if table is None else held.whole(table)

    def is_pinned(self, group: Group, shown: Marks) -> bool:
        """Whether what is said about its own split and everybody is enough to keep the group below k."""
        loose = self._loose(self._family_of(group))
        return loose.system.reach(loose.row(group.row), self.least, shown[loose.figures]) is None

    def reach(self, group: Group, shown: Marks) -> Numbers | None:
        """A table that fits every figure shown and puts k into the group; None when there is none."""
        near = self.near(group, shown)
        if near is not None:
            return near
        family = self._family_of(group)
        loose = self._loose(family)
        still, at = ~self._split[loose.columns], self.truth[loose.columns]
        far = loose.system.reach(loose.row(group.row), self.least, shown[loose.figures], still=still, at=at)
        if far is None:
            return None
        completed = self._completed(loose.whole(far), family, shown)
        return completed if completed is not None else self.system.reach(group.row, self.least, shown)

    def bend(self, group: Group, shown: Marks, weights: Fractions) -> Bend | None:
        """The lightest figures to hide so that the group can hold k; None when no hiding helps."""
        family = self._family_of(group)
        near = None if family is None else self._held(family).bend(group.row, self.least, shown, weights)
        known = np.inf if near is None else near.cost
        try:
            far = self._loose(family).bend(group.row, self.least, shown, weights, known=known)
            if far is None or known <= far.cost + _SAME:
                return near
            completed = self._completed(far.table, family, shown)
            if completed is not None:
                return Bend(completed, far.bent, far.cost)
            return self.system.bend(group.row, self.least, shown, weights)
        except SolverFailed:
            # Out of time to look for the lightest: what is enough while everybody stands still is enough.
            if near is None:
                raise
            return near

    def fill(self, groups: Sequence[Group], shown: Marks) -> Iterator[Numbers]:
        """Tables that fit every figure shown and fill many of the groups, each split by itself."""
        by_family: dict[int, list[Group]] = {}
        for group in groups:
            family = self._family_of(group)
            if family is not None:
                by_family.setdefault(family, []).append(group)
        for family, members in sorted(by_family.items()):
            part = self._held(family)
            # Only a shortcut: a group that is not filled here is asked about by itself.
            with suppress(SolverFailed):
                table = part.system.fill([part.row(group.row) for group in members], self.least, shown[part.figures])
                if table is not None:
                    yield part.whole(table)

    def _completed(self, table: Numbers, settled: int | None, shown: Marks) -> Numbers | None:
        """The table with each other split fitted to its numbers of everybody, by itself; None where one cannot be."""
        families = set(range(int(self._family.max(initial=-1)) + 1)) - {settled}
        wrong = [one for one in sorted(families) if not self.system.fits_in(table, self._family == one, shown)]
        if not wrong:
            return table
        completed = table.copy()
        for one in wrong:
            columns = self._family == one
            system, figures = self.system.holding(columns, table)
            part = system.reach((), 0, shown[figures])
            if part is None:
                return None
            completed[columns] = part
        return completed

    def _family_of(self, group: Group) -> int | None:
        family = int(self._family[group.row[0][0]]) if group.row else -1
        return None if family < 0 else family

    def _held_part(self, family: int) -> Part:
        columns = self._family == family
        system, figures = self.system.holding(columns, self.truth)
        return Part(system, columns, figures, self.truth)

    def _loose_part(self, family: int | None) -> Part:
        columns = ~self._split if family is None else (self._family == family) | ~self._split
        system, figures = self.system.without_others(columns)
        return Part(system, columns, figures, self.truth)
