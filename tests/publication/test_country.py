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

COUNTRY = Country(sites=5, answers=150, regions={"R-nord": (2, 1), "R-ost": (2, 1)})
YEAR = 2027
PERIODS = (Period(YEAR, "M", 1), Period(YEAR, "M", 2), Period(YEAR, "M", 3), Period(YEAR, "Q", 1))


@pytest.fixture(scope="module")
def people() -> list[Mapping[str, Any]]:
    """Those who answered in the first quarter."""
    return [one for one in COUNTRY.people(YEAR) if one["period"] <= f"{YEAR}-M03"]


def documents(*, is_guarded: bool) -> list[dict[str, Any]]:
    """What is printed of three months and their quarter: guarded, or with nothing hidden but what is small."""
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
    assert Reader(documents(is_guarded=True)).leaks(people) == []


def test_hiding_only_what_is_small_pins_somebody_down(people: list[Mapping[str, Any]]) -> None:
    assert Reader(documents(is_guarded=False)).leaks(people) != []
