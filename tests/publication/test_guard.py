"""What always holds of the guard, whatever the year: nobody is pinned down, and nothing is hidden for nothing."""

import json
import random
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.publication import guard, verification
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.guard import Decision
from tests.publication.attacker import Attacker
from tests.publication.disclosure_cases import CASES, shown_ids
from tests.publication.random_years import years
from tests.requirements import IN_FULL

PATIENT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def publish(year: dict[str, Any]) -> tuple[list[tuple[dict[str, str], int]], list[Decision], dict[Cell, int | None]]:
    """Publish every release of a random year; the figures printed, the decisions, and the ledger."""
    dimensions = Dimensions.from_json(year["dimensions"])
    counts = Counts.from_people(dimensions, year["tallies"])
    ledger: dict[Cell, int | None] = {}
    decisions = []
    for planned in year["releases"]:
        cells = [dimensions.cell(dims) for dims in planned]
        rules = Rules.from_json(year["rules"])
        decisions.append(guard.decide(rules, dimensions, cells, counts=counts, ledger=dict(ledger)))
        ledger |= {cell: value(year, cell) if cell in decisions[-1].shown else None for cell in cells}
    return [(dict(cell.dims), n) for cell, n in ledger.items() if n is not None], decisions, ledger


def value(year: dict[str, Any], cell: Cell) -> int:
    """The true figure, counted person by person."""
    dimensions = Dimensions.from_json(year["dimensions"])

    def is_in(said: Any, name: str, code: str) -> bool:
        return code in said if dimensions[name].kind == "flags" else said in dimensions[name].leaves(code)

    return sum(row["count"] for row in year["tallies"] if all(is_in(row["dims"][one], one, c) for one, c in cell.dims))


@pytest.mark.requirement("R6")
@settings(PATIENT, max_examples=1700 if IN_FULL else 40)
@given(years())
def test_no_year_of_releases_pins_anybody_down(year: dict[str, Any]) -> None:
    printed, _decisions, _ledger = publish(year)

    assert Attacker(year["rules"]["k"], year["dimensions"], printed).leaks(year["tallies"]) == []


@pytest.mark.requirement("R6")
@PATIENT
@given(years(), st.randoms(use_true_random=False))
def test_showing_one_more_figure_always_leaks_or_breaks_a_rule(year: dict[str, Any], rnd: random.Random) -> None:
    year = year | {"releases": year["releases"][:1]}
    printed, (decision,), _ledger = publish(year)
    dimensions = Dimensions.from_json(year["dimensions"])
    if not decision.hidden:
        return

    cell = rnd.choice(sorted(decision.hidden))

    figure = value(year, cell)
    attacker = Attacker(year["rules"]["k"], year["dimensions"], [*printed, (dict(cell.dims), figure)])
    assert _breaks_a_rule(year, dimensions, decision, cell) or attacker.leaks(year["tallies"])


def _breaks_a_rule(year: dict[str, Any], dimensions: Dimensions, decision: Decision, cell: Cell) -> bool:
    around = [cell.without(one.id) for one, _code in dimensions.split_by(cell)]
    around += [cell.moved(one.id, g) for one, code in dimensions.split_by(cell) if (g := one.ground_of(code))]
    too_few = any(one not in decision.shown or value(year, one) < year["rules"]["min_n"] for one in around)
    return too_few or value(year, cell) < year["rules"]["k"]


@PATIENT
@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(year: dict[str, Any], rnd: random.Random) -> None:
    shuffled = json.loads(json.dumps(year))
    for rows in (shuffled["tallies"], shuffled["dimensions"], *shuffled["releases"]):
        rnd.shuffle(rows)

    assert publish(shuffled)[1] == publish(year)[1]


@pytest.mark.requirement("R6")
@PATIENT
@given(years())
def test_the_second_check_and_the_attacker_see_the_same(year: dict[str, Any]) -> None:
    dimensions = Dimensions.from_json(year["dimensions"])
    careless = {
        dimensions.cell(dims): figure
        for planned in year["releases"]
        for dims in planned
        if (figure := value(year, dimensions.cell(dims))) >= year["rules"]["k"]
    }

    found = verification.pinned(
        Rules.from_json(year["rules"]), dimensions, careless, Counts.from_people(dimensions, year["tallies"])
    )

    attacker = Attacker(year["rules"]["k"], year["dimensions"], [(dict(cell.dims), n) for cell, n in careless.items()])
    assert bool(found) == bool(attacker.leaks(year["tallies"]))


def test_the_second_check_finds_what_a_careless_hand_would_print() -> None:
    written = CASES["D01"]
    dimensions = Dimensions.from_json(written["dimensions"])
    counts = Counts.from_people(dimensions, written["tallies"])
    printed = {
        dimensions.cell(one["dims"]): written["values"][one["id"]] for one in written["planned"] if one["id"] != "B"
    }

    assert verification.pinned(Rules(5, 0), dimensions, printed, counts)


@pytest.mark.requirement("R6")
def test_a_crossed_table_is_safe_beside_the_tables_it_crosses() -> None:
    written, rows = _crossed()
    dimensions = Dimensions.from_json(written)
    planned = [
        {"place": place, "period": "P"} | ({"sex": sex} if sex else {}) | ({"theme": "ADG"} if theme else {})
        for place, sex, theme in product(("ALL", "A", "B"), ("", "w", "m"), (False, True))
    ]
    cells = {dimensions.cell(dims): dims for dims in planned}

    decision = guard.decide(
        Rules(5, 10), dimensions, list(cells), counts=Counts.from_people(dimensions, rows), ledger={}
    )

    year = {"dimensions": written, "tallies": rows}
    printed = [(cells[cell], value(year, cell)) for cell in decision.shown]
    assert any(cell.get("sex") and cell.get("theme") for cell in decision.shown)
    assert Attacker(5, written, printed).leaks(rows) == []


def _crossed() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    written = [*CASES["D01"]["dimensions"], CASES["D04"]["dimensions"][2], CASES["D06"]["dimensions"][2]]
    counts = {("A", "w"): (11, 9), ("A", "m"): (3, 14), ("B", "w"): (8, 12), ("B", "m"): (7, 1)}
    rows = [
        {"dims": {"place": place, "period": "P", "sex": sex, "theme": theme}, "count": count}
        for (place, sex), both in counts.items()
        for theme, count in zip((["ADG"], []), both, strict=True)
    ]
    return written, rows


def test_the_same_case_twice_gives_the_same_bytes() -> None:
    assert sorted(shown_ids(CASES["D26"])) == sorted(shown_ids(CASES["D26"]))
