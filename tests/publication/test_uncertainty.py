"""Intervals and tests against the project's reference figures, to the sixth decimal."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.publication import uncertainty

TRENDS = json.loads((Path(__file__).parents[1] / "oracles" / "trends.json").read_text(encoding="utf-8"))
CLOSE = TRENDS["rules"]["tolerance"]


@pytest.mark.parametrize("row", TRENDS["wilson"], ids=str)
def test_wilson(row: dict[str, Any]) -> None:
    assert uncertainty.wilson(row["k"], row["n"]) == pytest.approx((row["low"], row["high"]), abs=CLOSE)


def test_nobody_has_no_interval() -> None:
    assert uncertainty.wilson(0, 0) is None
    assert uncertainty.newcombe(0, 0, 1, 10) is None


@pytest.mark.parametrize("row", TRENDS["newcombe"], ids=str)
def test_newcombe(row: dict[str, Any]) -> None:
    interval = uncertainty.newcombe(row["k1"], row["n1"], row["k2"], row["n2"])

    assert interval == pytest.approx((row["low"], row["high"]), abs=CLOSE)


@pytest.mark.parametrize("row", TRENDS["fisher"], ids=str)
def test_fisher(row: dict[str, Any]) -> None:
    assert uncertainty.fisher(row["k1"], row["n1"], row["k2"], row["n2"]) == pytest.approx(row["p"], abs=CLOSE)


@pytest.mark.parametrize("row", TRENDS["bh"], ids=str)
def test_benjamini_hochberg(row: dict[str, Any]) -> None:
    q = uncertainty.benjamini_hochberg(row["p"])

    assert q == pytest.approx(row["q"], abs=CLOSE)
    assert [nth for nth, value in enumerate(q) if value <= uncertainty.CHANGED] == row["flagged_at_0.10"]


def test_a_report_says_changed_of_the_one_theme_that_changed() -> None:
    report = TRENDS["report"]
    now, before = report["n_now"], report["n_before"]
    p = [uncertainty.fisher(row["k_now"], now, row["k_before"], before) for row in report["themes"]]

    q = uncertainty.benjamini_hochberg(p)

    assert p == pytest.approx([row["p"] for row in report["themes"]], abs=CLOSE)
    assert q == pytest.approx([row["q"] for row in report["themes"]], abs=CLOSE)
    assert [value <= uncertainty.CHANGED for value in q] == [row["changed"] for row in report["themes"]]


@pytest.mark.parametrize(("value", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (Fraction(25, 2), 13), (12.499, 12)])
def test_halves_go_up(value: float | Fraction, whole: int) -> None:
    assert uncertainty.halves_up(value) == whole


def test_no_share_below_ten() -> None:
    assert uncertainty.share(9, 9) is None
    assert uncertainty.share(9, 10) == uncertainty.Share(90, 60, 98)
