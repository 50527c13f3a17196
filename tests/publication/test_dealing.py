"""What everybody may read of how texts were dealt with: nobody can be told apart in it, and what is kept stays."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.core import db
from app.publication import dealing, dealt
from app.publication.dealt import APPROVED, EVERY, REASONS, REJECTED, WAITING

RESTED = date(2026, 4, 13)
"""Fourteen days and one after the last Sunday of the first quarter of 2026."""


def fits(outcomes: dict[str, int], shown: dict[str, int]) -> Iterator[str]:
    """The small reasons that a reader can work out from what is shown, by taking away."""
    left = {EVERY: sum(outcomes.values()), REJECTED: sum(outcomes.get(one, 0) for one in REASONS)}
    for whole, parts in ((REJECTED, REASONS), (EVERY, (APPROVED, WAITING, REJECTED))):
        hidden = [part for part in parts if part not in shown]
        if whole in shown and len(hidden) == 1:
            value = left[whole] - sum(shown[part] for part in parts if part in shown)
            if 0 < value < dealing.RULES.k:
                yield hidden[0]


def test_large_figures_are_shown_and_small_ones_are_not() -> None:
    shown = dealing.shown({APPROVED: 200, WAITING: 40, "spam": 30, "empty": 12, "hate": 4, "harm": 3})

    assert (shown[EVERY], shown[APPROVED], shown["spam"]) == (289, 200, 30)
    assert not {"hate", "harm", "duplicate"} & set(shown), "nought is hidden too"


def test_one_small_reason_takes_another_along() -> None:
    shown = dealing.shown({APPROVED: 200, "spam": 30, "hate": 2})

    assert "hate" not in shown
    assert list(fits({APPROVED: 200, "spam": 30, "hate": 2}, shown)) == []
    assert REJECTED not in shown or "spam" not in shown


@pytest.mark.parametrize("seed", range(12))
def test_no_small_group_can_be_worked_out(seed: int) -> None:
    chance = random.Random(seed)
    outcomes = {APPROVED: chance.randrange(5, 300), WAITING: chance.randrange(40)}
    outcomes |= {reason: chance.choice([0, 1, 2, 4, 5, 9, 30]) for reason in REASONS}

    shown = dealing.shown(outcomes)

    assert all(n >= dealing.RULES.k for n in shown.values())
    assert list(fits(outcomes, shown)) == []


def test_this_reader_would_find_a_small_reason_beside_a_total() -> None:
    outcomes = {APPROVED: 200, "spam": 30, "hate": 2}
    printed = {EVERY: 232, APPROVED: 200, WAITING: 0, REJECTED: 32, "spam": 30}

    others = dict.fromkeys((one for one in REASONS if one not in ("spam", "hate")), 0)

    assert list(fits(outcomes, printed | others)) == ["hate"]


def test_fewer_than_ten_texts_show_nothing() -> None:
    assert dealing.shown({APPROVED: 9}) == {}
    assert dealing.shown({}) == {}


def test_a_quarter_is_decided_once_after_it_has_rested(app: Flask) -> None:
    def count(weeks: object) -> dict[str, int]:
        return {APPROVED: 60, "spam": 20}

    early = [one.code for one in dealt.undecided(date(2026, 4, 11))]
    decided = []
    while quarter := dealing.decide_next(RESTED, count):
        decided.append(quarter.code)
        db.db.session.commit()

    assert "2026-Q1" not in early
    assert decided == ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert [one.period for one in dealt.quarters()] == decided[::-1]
    assert (dealt.quarters()[0]["spam"], dealt.quarters()[0]["hate"]) == (20, None)
