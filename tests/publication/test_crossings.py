"""Crossed tables: what the guard says of its unknowns is what real people could be."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.publication import case, unknowns
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Dimensions
from app.publication.questions import Questions
from tests.publication import random_years
from tests.publication.attacker import Attacker
from tests.publication.random_years import crossed_years
from tests.publication.test_guard import PATIENT, publish
from tests.requirements import IN_FULL

pytestmark = pytest.mark.requirement("R6")
MANY = settings(PATIENT, max_examples=1000 if IN_FULL else 10)


@MANY
@given(crossed_years())
def test_no_year_of_crossed_tables_pins_anybody_down(year: dict[str, Any]) -> None:
    printed, _decisions, _ledger = publish(year)

    assert Attacker(5, year["dimensions"], printed).leaks(year["tallies"]) == []


@MANY
@given(crossed_years(), st.randoms(use_true_random=False))
def test_the_unknowns_of_crossed_tables_can_be_what_people_can_be(year: dict[str, Any], chance: random.Random) -> None:
    dimensions = Dimensions.from_json(year["dimensions"])
    cells = sorted({dimensions.cell(dims) for release in year["releases"] for dims in release})
    counts = Counts.from_people(dimensions, year["tallies"])
    asked = case.build(Rules(5, 0), dimensions, cells, counts, {})
    system = Questions(asked, seconds=20).system
    shown = np.array([chance.random() < 0.8 for _ in cells], dtype=np.bool_)

    could_be_more = [system.reach(one.row, one.value + 1, shown) is not None for one in asked.figures]

    printed = [(dict(one.cell.dims), one.value) for one, is_shown in zip(asked.figures, shown, strict=True) if is_shown]
    people = Attacker(5, year["dimensions"], printed)
    assert could_be_more == [people.can_be(dict(one.cell.dims), one.value + 1) for one in asked.figures]


def test_a_crossed_table_knows_where_both_its_splits_are_known() -> None:
    assert not _bad_in_the_centre()


@pytest.mark.requirement("R6", mutants=True)
def test_unknowns_that_forget_where_would_fit_what_no_people_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknowns, "_shared", lambda _dimensions, own: own)

    assert _bad_in_the_centre()


def _bad_in_the_centre() -> bool:
    """Whether the unknowns let anybody be bad in the centre, where A is all good and centre, and B all bad and not."""
    dimensions = Dimensions.from_json(random_years.dimensions(("rating", "zone")))
    people = [(("A", "jan", "good", "centre"), 5), (("B", "jan", "bad", "periphery"), 5)]
    said = [("rating", "good"), ("rating", "bad"), ("zone", "centre"), ("zone", "periphery")]
    alone = [{"place": place, "period": "Q", name: code} for place in "AB" for name, code in said]
    asked = {"place": "R", "period": "Q", "rating": "bad", "zone": "centre"}
    cells = [dimensions.cell(dims) for dims in (*({"place": one, "period": "Q"} for one in "AB"), *alone, asked)]
    counts = Counts.from_people(dimensions, random_years.tallies(("rating", "zone"), people))
    found = case.build(Rules(5, 0), dimensions, cells, counts, {})
    shown = np.array([one.cell != dimensions.cell(asked) for one in found.figures], dtype=np.bool_)
    (wanted,) = (one for one in found.figures if one.cell == dimensions.cell(asked))
    return Questions(found, seconds=20).system.reach(wanted.row, 1, shown) is not None
