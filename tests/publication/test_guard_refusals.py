"""What the guard refuses, and what it hides or stops for when it cannot be sure."""

import pytest

from app.publication import case, guard
from app.publication.case import AlreadyPublished, CountsDoNotFit, NotPlannable, Rules
from app.publication.counts import Counts
from app.publication.crossings import CrossingsFormACircle
from app.publication.dimensions import Dimensions
from app.publication.guard import GuardFailed, Limits
from tests.publication.disclosure_cases import CASES


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
