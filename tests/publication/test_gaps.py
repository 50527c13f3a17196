"""Groups that could be four or six but never five: nobody can say that they are small."""

from collections.abc import Collection
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.publication import guard, verification
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Dimensions
from tests.publication import random_years
from tests.publication.attacker import Attacker
from tests.publication.random_years import PLACES
from tests.publication.test_guard import publish, value

SITES = "abcd"
GROUPS = ["".join(sites) for size in (2, 3, 4) for sites in combinations(SITES, size)]
DIMENSIONS: list[dict[str, Any]] = [
    {
        "id": "place",
        "kind": "tree",
        "base": True,
        "members": [
            {"code": "all", "parent": None},
            *({"code": site, "parent": "all"} for site in SITES),
            *({"code": group, "of": list(group)} for group in GROUPS),
        ],
    },
    {"id": "period", "kind": "tree", "base": True, "members": [{"code": "P", "parent": None}]},
]
IN_PAIRS = (4, 3, 3, 3)
"""With bc = cd = 6 there are as many at b as at d, so abd = 10 leaves an even number at a."""

YEAR: dict[str, Any] = {
    "rules": {"k": 5, "min_n": 0},
    "dimensions": random_years.dimensions(("service",)),
    "tallies": random_years.tallies(
        ("service",),
        [
            (("A", "jan", "y"), 3),
            (("A", "jan", "z"), 5),
            (("A", "feb", "x"), 5),
            (("B", "jan", "x"), 3),
            (("B", "jan", "y"), 4),
            (("B", "jan", "z"), 3),
            (("B", "feb", "y"), 5),
            (("B", "feb", "z"), 2),
            (("C", "jan", "y"), 3),
            (("C", "jan", "z"), 2),
            (("C", "feb", "y"), 2),
            (("C", "feb", "z"), 3),
        ],
    ),
    "releases": [
        random_years.planned("jan", ["DK", "R"], ("service",)),
        random_years.planned("feb", [one["code"] for one in PLACES], ("service",)),
        random_years.planned("Q", ["DK", "R", "A", "B", "C"], ("service",)),
    ],
}
"""A year found by chance, whose figures leave 0, 2, 4, 6, 8 or 10 people for site B, January, y."""

OTHER_PEOPLE = random_years.tallies(
    ("service",),
    [
        (("A", "jan", "z"), 8),
        (("A", "feb", "x"), 5),
        (("B", "jan", "y"), 10),
        (("B", "feb", "y"), 2),
        (("B", "feb", "z"), 5),
        (("C", "jan", "z"), 5),
        (("C", "feb", "y"), 5),
    ],
)


def test_a_release_is_not_refused_because_a_group_could_be_four_or_six_but_never_five() -> None:
    dimensions = Dimensions.from_json(DIMENSIONS)
    cells = [dimensions.cell({"place": group, "period": "P"}) for group in ("bc", "cd", "abd")]

    decision = guard.decide(
        Rules(5, 0), dimensions, cells, counts=Counts.from_people(dimensions, _rows(IN_PAIRS)), ledger={}
    )

    assert decision.shown == set(cells)


def test_the_year_whose_last_release_leaves_an_even_number_pins_nobody_down() -> None:
    printed, _decisions, ledger = publish(YEAR)

    assert Attacker(5, YEAR["dimensions"], printed).leaks(YEAR["tallies"]) == []
    assert {cell: value(YEAR | {"tallies": OTHER_PEOPLE}, cell) for cell, n in ledger.items() if n is not None} == {
        cell: n for cell, n in ledger.items() if n is not None
    }


def test_in_that_year_one_figure_more_would_pin_the_group_down() -> None:
    printed, _decisions, _ledger = publish(YEAR)
    printed.append(({"place": "A", "period": "jan", "service": "y"}, 3))

    found = Attacker(5, YEAR["dimensions"], printed).leaks(YEAR["tallies"])

    assert "['B', 'jan'] y: 4" in found


@pytest.mark.requirement("R6")
@settings(max_examples=150, deadline=None)
@given(
    st.tuples(*[st.integers(0, 5)] * len(SITES)),
    st.sets(st.sampled_from(GROUPS), min_size=1, max_size=4),
    st.sampled_from([3, 4, 5]),
)
@example(IN_PAIRS, {"bc", "cd", "abd"}, 5)
def test_the_attacker_and_the_second_check_find_what_a_list_of_all_tables_shows(
    counts: tuple[int, ...], groups: set[str], k: int
) -> None:
    listed = _pinned_in_the_list(counts, groups, k)

    assert bool(_attack(counts, groups, k)) == bool(listed)
    assert bool(_check(counts, groups, k)) == bool(listed)


def _rows(counts: Collection[int]) -> list[dict[str, Any]]:
    return [{"dims": {"place": site, "period": "P"}, "count": count} for site, count in zip(SITES, counts, strict=True)]


def _figures(counts: tuple[int, ...], groups: Collection[str]) -> dict[str, int]:
    return {group: sum(counts[SITES.index(site)] for site in group) for group in sorted(groups)}


def _attack(counts: tuple[int, ...], groups: Collection[str], k: int) -> list[str]:
    printed = [({"place": group, "period": "P"}, n) for group, n in _figures(counts, groups).items()]
    return Attacker(k, DIMENSIONS, printed).leaks(_rows(counts))


def _check(counts: tuple[int, ...], groups: Collection[str], k: int) -> list[str]:
    dimensions = Dimensions.from_json(DIMENSIONS)
    printed = {dimensions.cell({"place": group, "period": "P"}): n for group, n in _figures(counts, groups).items()}
    return verification.pinned(Rules(k, 0), dimensions, printed, Counts.from_people(dimensions, _rows(counts)))


def _pinned_in_the_list(counts: tuple[int, ...], groups: Collection[str], k: int) -> list[str]:
    """Sites no figure tells apart are one; which of them no table at all fills up to k."""
    tables = np.indices((sum(counts) + 1,) * len(SITES), dtype=np.int8).reshape(len(SITES), -1).T
    for group, figure in _figures(counts, groups).items():
        tables = tables[tables[:, [SITES.index(site) for site in group]].sum(axis=1) == figure]
    alike: dict[tuple[bool, ...], list[int]] = {}
    for nth, site in enumerate(SITES):
        alike.setdefault(tuple(site in group for group in sorted(groups)), []).append(nth)
    return [
        "".join(SITES[nth] for nth in sites)
        for looks, sites in alike.items()
        if any(looks) and 0 < sum(counts[nth] for nth in sites) < k and tables[:, sites].sum(axis=1).max() < k
    ]
