"""Crossed tables: what the guard says of its unknowns is what real people could be."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.publication import case
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Dimensions
from app.publication.questions import Questions
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
