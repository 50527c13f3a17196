"""Ratios and indices against the oracle, and the intervals under them against their definition."""

import json
from math import exp, factorial
from typing import Any

import pytest

from app.core.config import ROOT
from app.publication.presence import intervals, ratios
from app.publication.presence.ratios import Index, Ratio, Target, Word

ORACLES = ROOT / "tests" / "oracles" / "interop"
EXPECTED = json.loads((ORACLES / "denominators_expected.json").read_text("utf-8"))
ROWS = [line.split(";") for line in (ORACLES / "denominators.csv").read_text("utf-8-sig").splitlines()[1:]]
WORDS = {"flere end ventet": Word.MORE, "færre end ventet": Word.FEWER, "kan være tilfældigt": Word.CHANCE}
TARGETS = {row[1]: Target(float(row[4]), *(float(end) if end else None for end in row[5:7])) for row in ROWS}


@pytest.mark.parametrize("case", EXPECTED["ratio"], ids=lambda case: str(case["municipality"]))
def test_a_ratio_is_what_the_oracle_says_and_none_where_the_answers_are_hidden(case: dict[str, Any]) -> None:
    found = ratios.ratio(case["answers"], TARGETS[case["municipality"]])

    assert found == (None if case["ratio"] is None else Ratio(case["ratio"], case["low"], case["high"]))


@pytest.mark.parametrize("case", EXPECTED["index"], ids=lambda case: str(case["word"]))
def test_an_index_and_its_word_are_what_the_oracle_says(case: dict[str, Any]) -> None:
    found = ratios.index(case["r"], case["R"], Target(case["t"]), case["T"])

    assert found == Index(case["index"], case["low"], case["high"])
    assert found.word is WORDS[case["word"]]


def test_there_is_no_ratio_to_fewer_than_fifty_and_no_index_without_all_answers() -> None:
    assert ratios.ratio(12, Target(49)) is None
    assert ratios.ratio(12, Target(50)) is not None
    assert ratios.index(12, None, Target(400), 12_000) is None


def test_each_bound_leaves_two_and_a_half_per_cent_beyond_what_was_seen() -> None:
    low, high = intervals.poisson(12)
    below = [exp(-low) * low**k / factorial(k) for k in range(12)]
    until = [exp(-high) * high**k / factorial(k) for k in range(13)]

    assert 1 - sum(below) == pytest.approx(0.025, abs=1e-9)
    assert sum(until) == pytest.approx(0.025, abs=1e-9)
    assert intervals.poisson(0)[0] == 0
    assert intervals.binomial(0, 10)[0] == 0
    assert intervals.binomial(10, 10)[1] == 1
    assert intervals.binomial(60, 600) == pytest.approx((0.0771802111515, 0.1268430723648), abs=1e-12)
    assert intervals.poisson(5000) == pytest.approx((4862.359188694, 5140.548948534), abs=1e-6)
