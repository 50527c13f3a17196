"""Every table there can be, listed: the smallest cases need no theory and no solver."""

from collections.abc import Callable
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.publication import guard
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Dimensions
from tests.publication.disclosure_cases import CASES
from tests.requirements import IN_FULL

pytestmark = pytest.mark.requirement("R6")

SIZES = [(2, 3), (2, 5), (3, 3)] if IN_FULL else [(2, 3), (3, 3)]
"""Ratings beside each other, and the smallest group that may be seen."""


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


@pytest.mark.parametrize(("columns", "k"), SIZES)
def test_no_table_of_so_few_people_betrays_anybody(columns: int, k: int, figure: Callable[[str], None]) -> None:
    people = 12 if IN_FULL else 5 - columns
    wanted = [one for one in product(range(people + 1), repeat=2 * columns) if sum(one) <= people and _is_first(one)]

    betrayed = [one for one in wanted if _listed_and_pinned(list(one), columns, k)]

    assert betrayed == []
    figure(f"0 of {len(wanted)} tables of 2 × {columns} with up to {people} people betray anybody (k = {k})")


def _listed_and_pinned(numbers: list[int], columns: int, k: int) -> list[list[int]]:
    """Every table is listed in which nobody's cell could be larger than all people and a group of k beside."""
    printed, small = _decide_table(numbers, columns=columns, k=k)
    tables = np.indices((sum(numbers) + k + 1,) * len(numbers), dtype=np.int8).reshape(len(numbers), -1).T
    return _pinned(tables, printed, small, k) if small else []


def _is_first(numbers: tuple[int, ...]) -> bool:
    """Whether a table stands for all that differ from it in the order of sites and ratings only."""
    columns = len(numbers) // 2
    orders = [tuple(nth + site for site in sites for nth in order) for sites in ((0, columns), (columns, 0))
              for order in permutations(range(columns))]  # fmt: skip
    return numbers == min(tuple(numbers[nth] for nth in order) for order in orders)


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
