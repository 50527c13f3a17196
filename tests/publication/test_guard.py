"""What always holds of the guard, whatever the year: nobody is pinned down, and nothing is hidden for nothing."""

import json
import random
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.publication import case, guard, verification
from app.publication.case import AlreadyPublished, CountsDoNotFit, NotPlannable, Rules
from app.publication.counts import Counts
from app.publication.crossings import CrossingsFormACircle
from app.publication.dimensions import Cell, Dimensions
from app.publication.guard import Decision, GuardFailed, Limits
from tests.publication.attacker import Attacker
from tests.publication.disclosure_cases import CASES, shown_ids
from tests.publication.random_years import years

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


@PATIENT
@given(years())
def test_no_year_of_releases_pins_anybody_down(year: dict[str, Any]) -> None:
    printed, _decisions, _ledger = publish(year)

    assert Attacker(year["rules"]["k"], year["dimensions"], printed).leaks(year["tallies"]) == []


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


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.sampled_from([2, 3]))
def test_every_table_of_two_by_two_was_listed_and_none_betrays_anybody(numbers: list[int], k: int) -> None:
    printed, small = _decide_table(numbers, columns=2, k=k)

    tables = np.array(list(product(range(16), repeat=4)))

    assert _pinned(tables, printed, small, k) == []


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_every_table_of_two_by_three_was_listed_and_none_betrays_anybody(numbers: list[int]) -> None:
    printed, small = _decide_table(numbers, columns=3, k=2)

    tables = np.indices((10,) * 6, dtype=np.int8).reshape(6, -1).T

    assert _pinned(tables, printed, small, 2) == []


def _decide_table(numbers: list[int], *, columns: int, k: int) -> tuple[list[tuple[list[int], int]], list[list[int]]]:
    """Two sites by some ratings with margins: which sums are printed, and which groups are small."""
    ratings = "xyz"[:columns]
    spots = {(place, rating): nth for nth, (place, rating) in enumerate(product("AB", ratings))}
    written = CASES["D11"]["dimensions"][:2] + [
        {
            "id": "rating",
            "kind": "tree",
            "members": [{"code": "all", "parent": None}, *({"code": one, "parent": "all"} for one in ratings)],
        }
    ]
    dimensions = Dimensions.from_json(written)
    rows = [
        {"dims": {"place": place, "rating": rating, "period": "P"}, "count": numbers[nth]}
        for (place, rating), nth in spots.items()
    ]
    sums = {
        dimensions.cell({"place": place, "rating": rating, "period": "P"}): [
            spots[p, r] for p, r in spots if place in (p, "ALL") and rating in (r, "all")
        ]
        for place, rating in product(("A", "B", "ALL"), (*ratings, "all"))
    }
    decision = guard.decide(Rules(k, 0), dimensions, list(sums), counts=Counts.from_people(dimensions, rows), ledger={})
    printed = [(inside, sum(numbers[nth] for nth in inside)) for cell, inside in sums.items() if cell in decision.shown]
    groups = [inside for cell, inside in sums.items() if 0 < sum(numbers[nth] for nth in inside) < k]
    others = [
        sorted(set(sums[cell.without("rating")]) - set(inside))
        for cell, inside in sums.items()
        if cell in decision.shown and cell.get("rating")
    ]
    return printed, groups + [inside for inside in others if sum(numbers[nth] for nth in inside) < k]


def _pinned(tables: Any, printed: list[tuple[list[int], int]], small: list[list[int]], k: int) -> list[list[int]]:
    for inside, figure in printed:
        tables = tables[tables[:, inside].sum(axis=1) == figure]
    return [inside for inside in small if tables[:, inside].sum(axis=1).max() < k]


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


def test_a_ledger_that_pins_a_group_by_itself_stops_the_release() -> None:
    dimensions = Dimensions.from_json(CASES["D03"]["dimensions"])
    counts = Counts.from_people(dimensions, CASES["D03"]["tallies"])
    ledger = {dimensions.cell({"place": "S", "period": one}): n for one, n in (("Q1", 21), ("jan", 10), ("feb", 8))}

    with pytest.raises(GuardFailed, match="ledger"):
        guard.decide(
            Rules(5, 0), dimensions, [dimensions.cell({"place": "S", "period": "mar"})], counts=counts, ledger=ledger
        )


def test_a_share_that_older_figures_complete_is_itself_hidden() -> None:
    dimensions = Dimensions.from_json([*CASES["D03"]["dimensions"], CASES["D04"]["dimensions"][2]])
    rows = [
        {"dims": {"place": "S", "period": "jan", "sex": "w"}, "count": 7},
        {"dims": {"place": "S", "period": "jan", "sex": "m"}, "count": 23},
        {"dims": {"place": "S", "period": "feb", "sex": "w"}, "count": 16},
    ]
    base = {"place": "S", "period": "feb"}
    everybody, women = dimensions.cell(base), dimensions.cell(base | {"sex": "w"})
    men = {dimensions.cell({"place": "S", "period": one, "sex": "m"}): 23 for one in ("Q1", "jan")}
    all_of_them = {
        dimensions.cell({"place": "S", "period": "Q1"}): 46,
        dimensions.cell({"place": "S", "period": "jan"}): 30,
    }

    decision = guard.decide(
        Rules(5, 10),
        dimensions,
        [everybody, women],
        counts=Counts.from_people(dimensions, rows),
        ledger=men | all_of_them,
    )

    assert decision.shown == {everybody}


def test_out_of_time_means_nothing_is_published() -> None:
    written = CASES["D02"]
    dimensions = Dimensions.from_json(written["dimensions"])
    cells = [dimensions.cell(one["dims"]) for one in written["planned"]]

    with pytest.raises(GuardFailed, match="too long"):
        guard.decide(
            Rules(5, 0),
            dimensions,
            cells,
            counts=Counts.from_people(dimensions, written["tallies"]),
            ledger={},
            limits=Limits(release=0),
        )


def test_counts_that_contradict_what_was_printed_are_refused() -> None:
    dimensions = Dimensions.from_json(CASES["D07a"]["dimensions"])
    counts = Counts.from_people(dimensions, CASES["D07a"]["tallies"])
    quarter, month = (dimensions.cell({"place": "S", "period": code}) for code in ("Q1", "jan"))

    with pytest.raises(CountsDoNotFit):
        guard.decide(Rules(5, 0), dimensions, [month], counts=counts, ledger={quarter: 13})


def test_what_is_printed_is_not_planned_again() -> None:
    dimensions = Dimensions.from_json(CASES["D07a"]["dimensions"])
    counts = Counts.from_people(dimensions, CASES["D07a"]["tallies"])
    quarter = dimensions.cell({"place": "S", "period": "Q1"})

    with pytest.raises(AlreadyPublished):
        guard.decide(Rules(5, 0), dimensions, [quarter], counts=counts, ledger={quarter: 12})


def test_a_cell_outside_the_dimensions_is_refused() -> None:
    dimensions = Dimensions.from_json(CASES["D01"]["dimensions"])

    with pytest.raises(NotPlannable, match="Z"):
        guard.decide(
            Rules(5, 0), dimensions, [dimensions.cell({"place": "Z", "period": "P"})], counts=Counts({}), ledger={}
        )


def test_crossings_in_a_circle_are_refused_by_the_guard_too() -> None:
    splits = [
        {"id": one, "kind": "tree", "members": [{"code": "all", "parent": None}, {"code": "y", "parent": "all"}]}
        for one in "abc"
    ]
    dimensions = Dimensions.from_json(CASES["D01"]["dimensions"] + splits)
    cells = [dimensions.cell({"place": "A", "period": "P", one: "y", two: "y"}) for one, two in ("ab", "bc", "ca")]

    with pytest.raises(CrossingsFormACircle):
        case.build(Rules(5, 0), dimensions, cells, Counts({}), {})


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
