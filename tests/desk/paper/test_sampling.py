"""How many sheets are keyed twice, which, and what the rate means."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk.paper import sampling


@pytest.mark.parametrize(
    ("sheets", "drawn"), [(1, 1), (4, 4), (5, 5), (6, 5), (50, 5), (51, 6), (200, 20), (201, 21), (500, 50)]
)
def test_a_tenth_is_drawn_but_at_least_five_and_all_if_fewer(sheets: int, drawn: int) -> None:
    assert len(sampling.draw(range(1, sheets + 1), sheets)) == drawn


@pytest.mark.parametrize(
    ("fields", "differing", "verdict"),
    [
        (1000, 9, "accept"),
        (1000, 11, "widen"),
        (1000, 31, "again"),
        (100, 1, "accept"),
        (100, 3, "widen"),
        (99, 1, "widen"),
        (99, 3, "again"),
        (45, 0, "accept"),
        (9, 1, "again"),
    ],
)
def test_the_rate_decides(fields: int, differing: int, verdict: str) -> None:
    assert sampling.verdict(fields, differing) == verdict


@given(st.integers(1, 100_000), st.data())
@settings(max_examples=300, deadline=None)
def test_the_rate_decides_exactly_as_a_fraction_would(fields: int, data: st.DataObject) -> None:
    differing = data.draw(st.integers(0, min(fields, fields // 20 + 2)))
    share = Fraction(differing, fields)
    expected = "accept" if share <= Fraction(1, 100) else "widen" if share <= Fraction(3, 100) else "again"

    assert sampling.verdict(fields, differing) == expected


@given(st.sets(st.integers(1, 600), min_size=1, max_size=300), st.integers(0, 300))
@settings(max_examples=200, deadline=None)
def test_a_draw_takes_each_sheet_once_and_only_those_there_are(left: set[int], drawn_before: int) -> None:
    sheets = len(left) + drawn_before

    drawn = sampling.draw(left, sheets)

    assert set(drawn) <= left
    assert drawn == sorted(set(drawn))
    assert len(drawn) >= min(len(left), 5)
    assert len(drawn) == len(left) or 10 * len(drawn) >= sheets
    assert len(drawn) <= max(5, sheets // 10 + 1)


@given(st.integers(1, 500))
@settings(max_examples=100, deadline=None)
def test_draw_after_draw_comes_to_every_sheet_and_ends(sheets: int) -> None:
    left, draws = set(range(1, sheets + 1)), 0
    while left:
        left -= set(sampling.draw(left, sheets))
        draws += 1

    assert draws <= 10


def test_every_sheet_is_as_likely_as_any_other() -> None:
    counted = Counter(place for _ in range(2000) for place in sampling.draw(range(1, 21), 20))

    expected = 2000 * 5 / 20
    chi_squared = sum((counted[place] - expected) ** 2 / expected for place in range(1, 21))
    assert chi_squared < 60  # 19 degrees of freedom: more than this once in 300,000 runs
