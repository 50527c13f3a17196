"""Wrong habits around the guard are caught: each check complains of the wrong one and not of ours."""

from collections.abc import Callable
from typing import Any

import pytest

from app.desk.track import public_words
from app.publication import catalogue
from app.publication.formats import csv
from app.publication.guard import Guard
from tests.mutants import habit_mutants as habits
from tests.publication.disclosure_cases import CASES, complaints, shown_ids

CHECKS: dict[str, tuple[Callable[[Any], list[str]], Any, list[Any]]] = {
    "margins recomputed from what is shown": (habits.n_is_frozen, habits.printed_n, [habits.summed_n]),
    "figures, bars and words past the guard": (
        habits.bytes_hold_nothing_hidden,
        habits.rows_of_table,
        [habits.rows_past_the_guard, habits.bars_from_raw_counts, habits.words_from_raw_counts],
    ),
    "means unrounded": (
        habits.tells_no_more_than_the_classes,
        habits.of_printed_classes,
        [habits.unrounded],
    ),
    "a mean at all": (habits.holds_no_mean, csv.COLUMNS, [(*csv.COLUMNS, "rating_mean")]),
    "circle of crossings accepted": (habits.refuses_a_circle, catalogue.refuse_circles, [habits.accept_any_crossing]),
    "calendar months": (habits.counts_each_week_once, habits.month_of_its_thursday, [habits.months_of_its_days]),
    "own row by this period's n": (habits.rows_tell_nothing, habits.planned_before, [habits.planned_by_n]),
    "publish after a timeout": (habits.stops_when_time_is_out, Guard, [habits.PublishAnyway]),
    "typed number in a finding": (habits.finds_typed_numbers, public_words.counts, [habits.digits_only]),
}


@pytest.mark.requirement("R6", mutants=True)
@pytest.mark.parametrize("name", CHECKS)
def test_a_wrong_habit_is_caught_and_ours_is_not(name: str) -> None:
    check, ours, wrong = CHECKS[name]

    assert check(ours) == []
    assert [check(one) for one in wrong if not check(one)] == []


@pytest.mark.requirement("R6", mutants=True)
@pytest.mark.parametrize(("case", "wrong"), [("D01", habits.TotalBesideOneHidden), ("D25", habits.SubThemeWithoutRest)])
def test_a_guard_that_forgets_the_one_beside_is_caught(case: str, wrong: type[habits.Wrong]) -> None:
    assert complaints(CASES[case], shown_ids(CASES[case])) == []
    assert complaints(CASES[case], shown_ids(CASES[case], wrong.decides))
