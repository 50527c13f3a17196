"""What is said about a change, word for word, and what is said of too little."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.publication import comparisons

TRENDS = json.loads((Path(__file__).parents[1] / "oracles" / "trends.json").read_text("utf-8"))


@pytest.mark.parametrize("row", TRENDS["sentences"], ids=lambda row: f"{row['k1']} of {row['n1']}")
def test_the_sentence_word_for_word(app: Flask, row: dict[str, Any]) -> None:
    with app.test_request_context("/?lang=da"):
        said = comparisons.sentence(row["k1"], row["n1"], row["k2"], row["n2"], is_changed=row["changed"])

    assert said == row["da"]


def test_a_report_says_larger_of_the_one_theme_that_changed(app: Flask) -> None:
    report = TRENDS["report"]
    counts = {row["theme"]: (row["k_now"], row["k_before"]) for row in report["themes"]}

    found = comparisons.report(counts, report["n_now"], report["n_before"])

    assert [one.q for one in found.values()] == pytest.approx([row["q"] for row in report["themes"]], abs=1e-6)
    assert comparisons.larger(found) == [row["theme"] for row in report["themes"] if row["changed"]]


def test_a_theme_that_would_stand_out_alone_may_be_chance_among_twelve() -> None:
    alone = comparisons.report({"ADG": (14, 5)}, 60, 60)
    among = comparisons.report({"ADG": (14, 5)} | {f"T{nth}": (10, 10) for nth in range(11)}, 60, 60)

    assert (alone["ADG"].is_changed, among["ADG"].is_changed) == (True, False)


def test_too_few_answers_have_no_share_no_difference_and_no_change() -> None:
    found = comparisons.report({"ADG": (9, 0)}, 9, 60)["ADG"]

    assert (found.share, found.difference, found.is_changed) == (None, None, False)


def test_nobody_before_is_too_few(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        said = comparisons.sentence(3, 12, 0, 0, is_changed=False)

    assert said == "Too few answers to say anything about shares (3 of 12 against 0 of 0)."
