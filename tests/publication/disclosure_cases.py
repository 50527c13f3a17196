"""The disclosure cases of the project, put to a guard and judged."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from app.publication import guard
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from tests.publication.attacker import Attacker

ORACLE = json.loads((Path(__file__).parents[1] / "oracles" / "disclosure_cases.json").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in ORACLE["cases"]}

Decide = Callable[..., guard.Decision]


def shown_ids(case: Mapping[str, Any], decide: Decide = guard.decide) -> set[str]:
    """The planned cells of a case that a guard shows, by their names in the case."""
    dimensions = Dimensions.from_json(case["dimensions"])
    cells = {planned["id"]: dimensions.cell(planned["dims"]) for planned in case["planned"]}
    decision = decide(
        Rules.from_json(case["rules"]),
        dimensions,
        list(cells.values()),
        counts=Counts.from_people(dimensions, case["tallies"]),
        ledger=ledger(dimensions, case["published_before"]),
    )
    return {name for name, cell in cells.items() if cell in decision.shown}


def ledger(dimensions: Dimensions, published: Iterable[Mapping[str, Any]]) -> dict[Cell, int | None]:
    """What was published before, as the guard takes it."""
    return {dimensions.cell(row["dims"]): row["value"] for row in published}


def leaks(case: Mapping[str, Any], shown: set[str]) -> list[str]:
    """What an attacker finds when these figures of a case are printed."""
    printed = [(row["dims"], row["value"]) for row in case["published_before"] if row["value"] is not None]
    printed += [(one["dims"], case["values"][one["id"]]) for one in case["planned"] if one["id"] in shown]
    return Attacker(case["rules"]["k"], case["dimensions"], printed).leaks(case["tallies"])


def complaints(case: Mapping[str, Any], shown: set[str]) -> list[str]:
    """Everything wrong with showing these figures."""
    expect = case["expect"]
    return [
        *(f"{name} is shown" for name in expect["must_hide"] if name in shown),
        *(f"{name} is hidden" for name in expect["must_show"] if name not in shown),
        *(f"all of {names} are shown" for names in expect["hide_one_of"] if shown.issuperset(names)),
        *(f"{name} without {need}" for name, need in expect["shown_needs"] if name in shown and need not in shown),
        *([f"only {len(shown)} shown"] if len(shown) < expect["at_least_shown"] else []),
        *leaks(case, shown),
    ]
