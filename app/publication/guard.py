"""Which figures of a release may be shown, so that no group of 1 to k-1 people can be pinned down.

Hide what is small, ask for every group to protect whether it
could still be k or more, hide the lightest figures that stand in the way, give back what was hidden
for nothing, and let other code attack the result. Whatever goes wrong, less is shown, never more.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from flask_babel import gettext as _

from app.core.errors import Refusal
from app.publication import case, verification
from app.publication.case import Case, Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.questions import Questions
from app.publication.solver import Marks, SolverFailed
from app.publication.witnesses import Witnesses


class GuardFailed(Refusal):
    """Nothing of this release may be published; the message says which groups are in danger."""


class Why(Enum):
    """Why a figure is hidden. For the desk's preview only: printed, it would be a clue."""

    TOO_SMALL = "too_small"
    TOO_FEW_ANSWERS = "too_few_answers"
    WITHOUT_GROUND = "without_ground"
    PROTECTS_OTHERS = "protects_others"
    NOT_PROVEN = "not_proven"


class Step(Enum):
    """What the guard is doing, for those who wait."""

    PROTECTING = "protecting"
    GIVING_BACK = "giving_back"
    CHECKING = "checking"


Tell = Callable[[Step, float], None]
"""Hears how far a step has come, from 0 to 1."""


def nobody(_step: Step, _share: float) -> None:
    """Who is told where nobody waits."""


@dataclass(frozen=True)
class Limits:
    """Seconds for one question to the solver, and for all of them."""

    question: float = 20.0
    release: float = 600.0


@dataclass(frozen=True)
class Decision:
    """The figures that may be shown, and why each of the others is hidden."""

    shown: frozenset[Cell]
    hidden: Mapping[Cell, Why]


def decide(
    rules: Rules,
    dimensions: Dimensions,
    planned: Iterable[Cell],
    *,
    counts: Counts,
    ledger: Mapping[Cell, int | None],
    limits: Limits = Limits(),
    tell: Tell = nobody,
) -> Decision:
    """Decide a release on top of everything published before (`ledger`; None where a figure was hidden).

    The same input gives the same decision on every machine, whatever the order of its rows, unless the time is up
    before everything that can be given back is: then more stays hidden.
    The second check looks at this release and all that hangs together with it; what it does not touch
    was checked when it was printed.
    Refuses what the guard is not exact for, counts that contradict the ledger, and what it cannot prove.
    """
    asked = case.build(rules, dimensions, planned, counts, ledger)
    try:
        decision = Guard(asked, limits, tell).decide()
        tell(Step.CHECKING, 0)
        values = {figure.cell: figure.value for figure in asked.figures if figure.cell in decision.shown}
        pinned = verification.pinned(rules, dimensions, {**asked.printed, **values}, counts)
    except SolverFailed as error:
        raise GuardFailed(_("The check found no answer. Nothing is published.")) from error
    if pinned:
        raise GuardFailed(_("The second check found a group that could be pinned down. Nothing is published."))
    return decision


class Guard:
    """One case on its way to a decision."""

    def __init__(self, of: Case, limits: Limits, tell: Tell = nobody) -> None:
        self.case, self.tell = of, tell
        self.shown: Marks = np.ones(len(of.figures), dtype=np.bool_)
        self.why: dict[int, Why] = {}
        self.hidden_for: dict[int, int] = {}
        self.questions = Questions(of, seconds=limits.question)
        self.witnesses = Witnesses(self.questions.system, of.groups, of.rules.k)
        self.until = time.monotonic() + limits.release
        # Ties go to the key, not to the solver: a figure later in the order is a hair lighter.
        order = np.arange(len(of.figures)) / (1e4 * max(len(of.figures), 1))
        self.weights = np.array([figure.weight for figure in of.figures]) * (1 - order)

    def decide(self) -> Decision:
        """Take every step but the last, which other code takes."""
        self.hide_small()
        self.repair()
        self.give_back()
        cells = [figure.cell for figure in self.case.figures]
        shown = frozenset(cell for cell, is_shown in zip(cells, self.shown, strict=True) if is_shown)
        return Decision(shown, {cells[nth]: why for nth, why in sorted(self.why.items())})

    def hide_small(self) -> None:
        """Hide small figures, nought too, and shares of too few."""
        for nth, figure in enumerate(self.case.figures):
            if figure.value < self.case.rules.k:
                self.hide(nth, Why.TOO_SMALL)
            elif figure.needs is None:
                self.hide(nth, Why.TOO_FEW_ANSWERS)
        self.cascade()

    def hide(self, nth: int, why: Why) -> None:
        """Hide one figure."""
        self.shown[nth] = False
        self.why[nth] = why

    def cascade(self) -> None:
        """No category without its n and its ground."""
        while lonely := [nth for nth in np.flatnonzero(self.shown) if not self.has_ground(int(nth))]:
            for nth in lonely:
                self.hide(int(nth), Why.WITHOUT_GROUND)

    def has_ground(self, nth: int) -> bool:
        """Whether everything this figure is a share of is shown."""
        needs = self.case.figures[nth].needs
        return needs is not None and all(self.shown[need] for need in needs)

    def repair(self) -> None:
        """Until every group could be k or more, hide the figures that stand in the way."""
        self.fill(self.shown)
        for nth in range(len(self.case.groups)):
            if nth in self.in_danger(self.shown):
                self.tell(Step.PROTECTING, nth / len(self.case.groups))
                self.protect(nth)

    def in_danger(self, shown: Marks) -> list[int]:
        """The groups nothing proves safe yet. Everybody else needs care only while the category is shown."""
        proven = self.witnesses.proven(shown)
        return [
            nth
            for nth, group in enumerate(self.case.groups)
            if not proven[nth] and (group.figure is None or shown[group.figure])
        ]

    def protect(self, nth: int) -> None:
        """Hide the lightest figures without which this group could be k or more."""
        self.check_time()
        group = self.case.groups[nth]
        try:
            bend = self.questions.bend(group, self.shown, self.weights)
        except SolverFailed:
            self.hide_around(nth)
            bend = self.questions.bend(group, self.shown, self.weights)
        if bend is not None:
            self.hide_all(np.flatnonzero(bend.bent), nth)
            self.witnesses.add(bend.table)
        elif group.figure is not None:
            # Older figures already tell that nobody else is there: only this one can still keep quiet.
            self.hide_all([group.figure], nth)
        else:
            raise GuardFailed(_("What was published before pins a group down. Stop, and look at the ledger."))

    def hide_all(self, figures: Iterable[int], nth: int) -> None:
        """Hide figures for the sake of a group, and whatever may not stand without them."""
        for figure in figures:
            self.hide(int(figure), Why.PROTECTS_OTHERS)
            self.hidden_for[int(figure)] = nth
        self.cascade()

    def hide_around(self, nth: int) -> None:
        """Where no answer came in time: hide every figure about the places and months of the group."""
        for figure in np.flatnonzero(self.shown):
            if self.case.figures[int(figure)].region & self.case.groups[nth].region:
                self.hide(int(figure), Why.NOT_PROVEN)
        self.cascade()

    def check_time(self) -> None:
        """Stop a release that takes too long: hiding is slow to repair, and showing is not an option."""
        if self.is_late:
            raise GuardFailed(_("The check took too long. Nothing is published."))

    @property
    def is_late(self) -> bool:
        """Whether the time is up. What is hidden then stays hidden: that is safe, and the only thing time decides."""
        return time.monotonic() > self.until

    def give_back(self) -> None:
        """Show again what was hidden for nothing, the most useful first."""
        waiting = sorted(
            (nth for nth, why in self.why.items() if why in (Why.PROTECTS_OTHERS, Why.WITHOUT_GROUND)),
            key=lambda nth: (-self.weights[nth], nth),
        )
        hidden = len(waiting)
        while ready := [nth for nth in waiting if self.has_ground(nth)]:
            self.tell(Step.GIVING_BACK, 1 - len(waiting) / hidden)
            waiting.remove(ready[0])
            if self.is_safe_with(ready[0]):
                self.shown[ready[0]] = True
                del self.why[ready[0]]

    def is_safe_with(self, nth: int) -> bool:
        """Whether every group could still be k or more if this figure were shown."""
        shown = self.shown.copy()
        shown[nth] = True
        try:
            return not self.pins_somebody(nth, shown) and self.all_could_be_more(shown)
        except SolverFailed:
            return False

    def pins_somebody(self, nth: int, shown: Marks) -> bool:
        """Whether a group is pinned by its own split alone, or could be; first the one the figure was hidden for."""
        loose: set[int] = set()
        while danger := [group for group in self.in_danger(shown) if group not in loose]:
            if self.is_late:
                return True
            first = self.hidden_for.get(nth)
            asked = first if first in danger else danger[0]
            near = self.questions.near(self.case.groups[asked], shown)
            if near is not None:
                self.witnesses.add(near)
            elif self.questions.is_pinned(self.case.groups[asked], shown):
                return True
            else:
                loose.add(asked)
        return False

    def all_could_be_more(self, shown: Marks) -> bool:
        """Whether every group could be k or more."""
        while danger := self.in_danger(shown):
            if self.is_late or not self.could_be_more(danger[0], shown):
                return False
        return True

    def could_be_more(self, nth: int, shown: Marks) -> bool:
        """Whether some table fits these figures and puts k into the group."""
        table = self.questions.reach(self.case.groups[nth], shown)
        if table is not None:
            self.witnesses.add(table)
        return table is not None

    def fill(self, shown: Marks) -> None:
        """Look for tables that fill many groups at once, as long as that settles any."""
        danger = self.in_danger(shown)
        while len(danger) > 1:
            for table in self.questions.fill([self.case.groups[nth] for nth in danger], shown):
                self.witnesses.add(table)
            before, danger = danger, self.in_danger(shown)
            if len(danger) == len(before):
                return
