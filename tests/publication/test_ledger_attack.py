"""Everything ever printed is attacked again when somebody asks: `stemme verify --deep`."""

import pytest

from app.core import db
from app.publication import catalogue, ledger, ledger_attack, tallies, tree
from app.publication.models import Release
from tests.publication.factories import LATER, QUARTER

pytestmark = pytest.mark.requirement("R6")


def test_nothing_printed_gives_anybody_away_and_who_waits_hears_how_far_it_is(release: Release) -> None:
    heard: list[tuple[str, float]] = []

    found = list(ledger_attack.faults(lambda name, share: heard.append((name, share))))

    assert found == []
    assert {name for name, _ in heard} == {"2026", "2026-texts"}
    assert [share for name, share in heard if name == "2026"] == sorted(
        share for name, share in heard if name == "2026"
    )


def test_what_a_careless_hand_would_have_printed_is_named(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    year, places = catalogue.of_year(2026), tree.of_year(2026)
    dimensions, counted = year.dimensions(places), tallies.counts(QUARTER)
    planned = [one for one in catalogue.planned_cells(year, QUARTER, places) if one.table == "T2"]
    cells = [dimensions.cell(dict(one.cell.dims)) for one in planned]
    careless = {cell: n for cell in cells if (n := tallies.figure(counted, dimensions, cell)) >= year.k}
    monkeypatch.setattr(ledger, "read", lambda name, _dimensions: careless if name == "2026" else {})

    found = list(ledger_attack.faults())

    assert found
    assert all(one.startswith("release of 2026: everything printed together gives away ") for one in found)


def test_a_year_whose_small_numbers_are_destroyed_gives_nobody_away_and_is_not_attacked(release: Release) -> None:
    tallies.destroy(2026, LATER)
    db.db.session.commit()
    heard: list[str] = []

    assert list(ledger_attack.faults(lambda name, _share: heard.append(name))) == []
    assert heard == []
