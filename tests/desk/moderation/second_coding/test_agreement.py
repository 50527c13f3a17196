"""Agreement against the project's reference figures, to the sixth decimal, and against NLTK."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.desk.moderation.second_coding import agreement
from app.desk.moderation.second_coding.agreement import Pair

ORACLE = json.loads((Path(__file__).parents[3] / "oracles" / "agreement.json").read_text("utf-8"))
CLOSE = ORACLE["rules"]["tolerance"]
CODES = [f"C{nth}" for nth in range(68)]


def near(value: float | None) -> Any:
    return value if value is None else pytest.approx(value, abs=CLOSE)


def pairs_of(case: dict[str, Any], first: str = "mona", second: str = "malik") -> dict[str, Pair]:
    both = [row for row in case["rows"] if first in row and second in row]
    return {row["item"]: (frozenset(row[first]), frozenset(row[second])) for row in both}


def codings_of(case: dict[str, Any]) -> list[tuple[str, frozenset[str]]]:
    return [(row["item"], frozenset(codes)) for row in case["rows"] for who, codes in row.items() if who != "item"]


@pytest.mark.parametrize("case", ORACLE["kappa"], ids=lambda case: case["case"])
def test_kappa_of_one_code(case: dict[str, Any]) -> None:
    bits = zip(case["coder_1"], case["coder_2"], strict=True)
    said = [(frozenset("x" * int(one)), frozenset("x" * int(two))) for one, two in bits]

    found = agreement.table(said, "x")

    counted = (found.n, found.both, found.only_first, found.only_second, found.used_by_either)
    assert counted == tuple(case[name] for name in ("n", "both", "only_1", "only_2", "used_by_either"))
    assert found.raw == near(case["raw_agreement"])
    assert found.kappa == near(case["kappa"])
    assert found.is_shown is case["shown"]


@pytest.mark.parametrize("case", ORACLE["alpha"], ids=lambda case: case["case"])
def test_alpha_of_whole_sets(case: dict[str, Any]) -> None:
    assert agreement.alpha(codings_of(case)) == near(case["alpha_masi"])


@pytest.mark.parametrize("case", ORACLE["alpha"], ids=lambda case: case["case"])
def test_kappa_of_each_code_of_a_sample(case: dict[str, Any]) -> None:
    expected = case["per_code_mona_malik"]

    found = agreement.per_code(list(pairs_of(case).values()), expected)

    assert {code: (one.used_by_either, one.is_shown) for code, one in found.items()} == {
        code: (one["used_by_either"], one["shown"]) for code, one in expected.items()
    }
    assert {code: one.kappa for code, one in found.items()} == {
        code: near(one["kappa"]) for code, one in expected.items()
    }


@pytest.mark.parametrize("case", ORACLE["alpha"], ids=lambda case: case["case"])
def test_what_two_disagree_on(case: dict[str, Any]) -> None:
    found = {item: agreement.only(pair) for item, pair in pairs_of(case).items()}

    disagreed = [
        {"item": item, "only_1": first, "only_2": second} for item, (first, second) in found.items() if first or second
    ]
    assert disagreed == case["disagreements_mona_malik"]


def test_nltk_finds_the_same_alpha() -> None:
    from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415 - a second opinion for this test alone
    from nltk.metrics.distance import masi_distance  # noqa: PLC0415 - the same

    chance = random.Random(7)
    rows = [
        (coder, str(text), frozenset(chance.sample(CODES[:6], chance.choice([1, 1, 2, 3]))))
        for text in range(60)
        for coder in ("a", "b", "c")
        if chance.random() < 0.8
    ]

    expected = AnnotationTask(rows, distance=masi_distance).alpha()

    assert agreement.alpha((text, codes) for _coder, text, codes in rows) == pytest.approx(expected, abs=CLOSE)


def test_nobody_coded_anything_twice() -> None:
    assert agreement.alpha([]) is None
    assert agreement.alpha([("u1", frozenset({"ADG"}))]) is None
    assert agreement.table([], "ADG").raw is None
    assert agreement.table([], "ADG").kappa is None


def test_a_weak_code_wants_a_tighter_definition_only_where_enough_carry_it() -> None:
    weak, few, strong = agreement.Table(5, 5, 5, 5), agreement.Table(1, 1, 1, 5), agreement.Table(20, 1, 1, 20)

    assert (weak.wants_tightening, few.wants_tightening, strong.wants_tightening) == (True, False, False)


def test_two_sub_codes_of_a_theme_agree_on_the_theme() -> None:
    theme_of = {"ADG.LUK": "ADG", "ADG.KOE": "ADG"}

    first, second = (agreement.themes({code}, theme_of) for code in theme_of)

    assert first == second == {"ADG"}
