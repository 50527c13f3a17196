"""Each wrong guard is caught by the disclosure cases that name it; so are wrong habits around a guard."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.mutants.guard_mutants import WRONG, NoGiveBack, NoLedger, Wrong
from tests.publication.disclosure_cases import CASES, ORACLE, Decide, complaints, leaks, shown_ids
from tests.publication.test_disclosure_oracle import MANY, SEQUENCE, release, two_by_two

pytestmark = pytest.mark.requirement("R6", mutants=True)

DEPENDS_ON_ORDER = {"no_cascade", "no_give_back"}
"""What these get wrong in one table depends on what the repair happened to hide first."""

NAMED = [
    (name, case)
    for case in CASES.values()
    if case["kind"] == "guard"
    for name in case["catches"]
    if name in set(WRONG) - DEPENDS_ON_ORDER
]


def test_every_wrong_guard_of_the_cases_has_a_mutant() -> None:
    assert set(WRONG) == set(ORACLE["wrong_guards"])


@pytest.mark.parametrize(("name", "case"), NAMED, ids=[f"{name}-{case['id']}" for name, case in NAMED])
def test_a_case_catches_every_wrong_guard_it_names(name: str, case: dict[str, Any]) -> None:
    assert complaints(case, shown_ids(case, WRONG[name].decides))


@pytest.mark.parametrize("name", [name for name in MANY["catches"] if name != "no_give_back"])
def test_the_150_tables_catch_every_wrong_guard_they_name(name: str) -> None:
    assert _wrong_in_150_tables(WRONG[name].decides)


def test_the_150_tables_do_not_catch_the_right_guard() -> None:
    assert not _wrong_in_150_tables(Wrong.decides)


def test_a_guard_that_never_gives_back_shows_less_than_it_could() -> None:
    numbers = iter((2, 12, 12, 3, 7, 0, 9, 6, 12))
    case = CASES["D02"] | {"tallies": [row | {"count": next(numbers)} for row in CASES["D02"]["tallies"]]}

    assert shown_ids(case, NoGiveBack.decides) < shown_ids(case, Wrong.decides)


def test_a_ledger_of_the_last_release_only_gives_people_away() -> None:
    assert _leaks_in_a_row(Wrong.decides, remembered=3)
    assert not _leaks_in_a_row(Wrong.decides, remembered=1000)


def test_no_ledger_at_all_gives_people_away() -> None:
    assert _leaks_in_a_row(NoLedger.decides, remembered=1000)


def test_without_whole_numbers_the_two_triangles_would_hold_three() -> None:
    case = CASES["D19"]
    number = {atom: nth for nth, atom in enumerate(case["atoms"])}
    rows = np.zeros((len(case["published"]), len(number)))
    for nth, name in enumerate(case["published"]):
        rows[nth, [number[atom] for atom in case["cells"][name]]] = 1
    goal = np.zeros(len(number))
    goal[number["t"]] = -1

    fractions = linprog(goal, A_eq=rows, b_eq=list(case["published"].values()))

    assert -fractions.fun == pytest.approx(case["expect"]["lp_maximum"])
    assert case["expect"]["lp_maximum"] >= case["k"] > case["expect"]["integer_maximum"]


def _wrong_in_150_tables(decide: Decide) -> list[str]:
    """What is wrong with the answers: a leak, more than any safe choice can show, or too little in all."""
    found, total = [], 0
    for table in MANY["tables"]:
        case = two_by_two(table["table"])
        shown = shown_ids(case, decide)
        total += len(shown)
        found += leaks(case, shown)
        found += [f"{table['table']}: {len(shown)} shown"] if len(shown) > table["best_possible_shown"] else []
    return found + ([f"only {total} shown"] if total < MANY["expect"]["sum_at_least_shown"] else [])


def _leaks_in_a_row(decide: Decide, *, remembered: int) -> list[str]:
    """Publish the nine releases with a ledger of the last figures only; what a reader of all of them finds."""
    printed: list[dict[str, Any]] = []
    for told in SEQUENCE["releases"]:
        case = release(told, printed[-remembered:])
        shown = shown_ids(case, decide)
        printed += [
            {"dims": one["dims"], "value": case["values"][one["id"]] if one["id"] in shown else None}
            for one in told["planned"]
        ]
    return leaks({**release({"planned": []}, printed), "values": {}}, set())
