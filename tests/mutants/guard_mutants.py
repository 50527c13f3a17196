"""Guards that are wrong in one way each. Every one must be caught, or the cases do not hold the guard."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.publication import case
from app.publication.case import Case, Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimension, Dimensions
from app.publication.guard import Decision, Guard, Limits, Why


class Wrong(Guard):
    """A guard without the second check, so that its own mistake comes through."""

    @classmethod
    def decides(
        cls,
        rules: Rules,
        dimensions: Dimensions,
        planned: Iterable[Cell],
        *,
        counts: Counts,
        ledger: Mapping[Cell, int | None],
    ) -> Decision:
        return cls(cls.built(rules, dimensions, list(planned), counts, ledger), Limits()).decide()

    @classmethod
    def built(cls, *given: Any) -> Case:
        return case.build(*given)


class ThresholdOnly(Wrong):
    def decide(self) -> Decision:
        small = {figure.cell for figure in self.case.figures if figure.value < self.case.rules.k}
        shown = frozenset(figure.cell for figure in self.case.figures) - small
        return Decision(shown, dict.fromkeys(small, Why.TOO_SMALL))


class NoLedger(Wrong):
    @classmethod
    def built(cls, rules: Rules, dimensions: Dimensions, planned: list[Cell], counts: Counts, _ledger: Any) -> Case:
        return case.build(rules, dimensions, planned, counts, {})


class PlannedOnly(Wrong):
    @classmethod
    def built(cls, *given: Any) -> Case:
        found = case.build(*given)
        planned = {tuple(figure.row) for figure in found.figures}
        return replace(found, groups=tuple(group for group in found.groups if tuple(group.row) in planned))


class NoComplement(Wrong):
    @classmethod
    def built(cls, *given: Any) -> Case:
        found = case.build(*given)
        return replace(found, groups=tuple(group for group in found.groups if group.figure is None))


class ZerosShown(Wrong):
    def hide_small(self) -> None:
        super().hide_small()
        for nth, figure in enumerate(self.case.figures):
            if figure.value == 0:
                self.shown[nth] = True
                self.why.pop(nth, None)


class NoMinN(Wrong):
    @classmethod
    def built(cls, rules: Rules, *given: Any) -> Case:
        return case.build(Rules(rules.k, 0), *given)


class NoCascade(Wrong):
    def cascade(self) -> None:
        return

    def has_ground(self, nth: int) -> bool:
        return True


class GiveBackBlindly(Wrong):
    def is_safe_with(self, nth: int) -> bool:
        return True


class NoGiveBack(Wrong):
    def give_back(self) -> None:
        return


class HideEverything(Wrong):
    def decide(self) -> Decision:
        return Decision(frozenset(), {figure.cell: Why.NOT_PROVEN for figure in self.case.figures})


class ProtectSilence(Wrong):
    """Whoever said nothing is a group like any other."""

    @classmethod
    def built(cls, rules: Rules, dimensions: Dimensions, *given: Any) -> Case:
        return case.build(rules, Dimensions(_without_grounds(one) for one in dimensions.by_id.values()), *given)


def _without_grounds(one: Dimension) -> Dimension:
    return replace(one, members=tuple(replace(member, ground=False) for member in one.members))


WRONG = {
    "threshold_only": ThresholdOnly,
    "no_ledger": NoLedger,
    "planned_only": PlannedOnly,
    "no_complement": NoComplement,
    "zeros_shown": ZerosShown,
    "no_min_n": NoMinN,
    "no_cascade": NoCascade,
    "give_back_blindly": GiveBackBlindly,
    "no_give_back": NoGiveBack,
    "hide_everything": HideEverything,
    "protect_silence": ProtectSilence,
}
