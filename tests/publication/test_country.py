"""A whole country in small: nobody in it can be pinned down from everything ever printed about a year."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.publication import catalogue, guard, tallies
from app.publication.case import Rules
from app.publication.dimensions import Cell
from app.publication.periods import Period
from benchmarks.three_years import Country
from tests.publication.country_attacker import Reader

pytestmark = pytest.mark.requirement("R6")

COUNTRY = Country(sites=8, answers=60, regions={"R-nord": (2, 1), "R-ost": (2, 1)})
YEAR = 2027
PERIODS = (Period(YEAR, "Q", 1), Period(YEAR, "H", 1))


@pytest.fixture(scope="module")
def people() -> list[Mapping[str, Any]]:
    """Those who answered in the first half."""
    return [one for one in COUNTRY.people(YEAR) if one["period"] <= f"{YEAR}-M06"]


def documents(*, is_guarded: bool) -> list[dict[str, Any]]:
    """What is printed of a quarter and its half: guarded, or with nothing hidden but what is small."""
    year, counts = COUNTRY.catalogue(YEAR), COUNTRY.counts(YEAR)
    dimensions, ledger, found = year.dimensions(COUNTRY.places), {}, []
    for period in PERIODS:
        planned = [one.cell for one in catalogue.planned_cells(year, period, COUNTRY.places)]
        figures = {cell: tallies.figure(counts, dimensions, cell) for cell in planned}
        if is_guarded:
            shown = guard.decide(Rules(), dimensions, planned, counts=counts, ledger=ledger).shown
        else:
            shown = frozenset(cell for cell, figure in figures.items() if figure >= Rules.k)
        printed: dict[Cell, int | None] = {cell: figures[cell] if cell in shown else None for cell in planned}
        ledger |= printed
        cells = [{"dims": dict(cell.dims), "value": value} for cell, value in printed.items()]
        found.append({"k": Rules.k, "dimensions": year.dimensions_json(COUNTRY.places), "cells": cells})
    return found


def test_nobody_in_the_country_is_pinned_down(people: list[Mapping[str, Any]]) -> None:
    reader = Reader(documents(is_guarded=True))

    assert ("rating", "zone") in reader.tables, "no crossed table is shown"
    assert reader.leaks(people) == []


def test_hiding_only_what_is_small_pins_somebody_down_in_tables_of_every_make(people: list[Mapping[str, Any]]) -> None:
    found = Reader(documents(is_guarded=False)).leaks(people)

    assert any(one.startswith("rating:") for one in found)
    assert any("*zone" in one for one in found)
    assert any(one.startswith("theme:") and "." in one.split()[0] for one in found)
