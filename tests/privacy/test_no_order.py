"""After a night nothing tells the order in which people came: no column, no place on a disk, no number of a row."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import jobs
from app.core import clock, db
from app.privacy import night
from app.privacy.backups import copies
from tests.databases import Databases
from tests.mutants import order_mutants
from tests.privacy import order
from tests.requirements import IN_FULL, Figure

PEOPLE = 2000 if IN_FULL else 100
"""With two thousand chance alone stays under 0.12 by five deviations."""
FEW = 60
MOST_MATCHED = 4
"""Of 20 known people; chance finds one, give or take one."""


@pytest.mark.requirement("R3")
def test_after_a_night_nothing_tells_who_came_before_whom(
    app: Flask, content: None, databases: Databases, tmp_path: Path, figure: Figure
) -> None:
    ids = order.arrive(PEOPLE)
    before = order.told(order.seen(ids, databases))

    jobs.night_run(clock.now())
    copies.make(tmp_path / "backup", clock.now())
    seen = order.seen(ids, databases, tmp_path / "backup")

    strongest, best = max(seen, key=lambda one: abs(one.rho)), max(seen, key=order.Order.matched)
    figure(
        f"{db.db.engine.dialect.name}: {len(seen)} orders of {PEOPLE:,} responses, strongest {strongest.rho:+.3f} "
        f"({strongest.name}); {best.matched():.1f} of 20 known people matched by the best"
    )
    assert [one for one in seen if one.name == "first id in backup"]
    # The proof that order would be seen (docs/privacy.md, L1); of many people SQLite's log holds only the last ones.
    assert before or IN_FULL
    assert order.told(seen) == []
    assert best.matched() <= MOST_MATCHED


@pytest.mark.requirement("R3")
def test_postgresql_keeps_one_transaction_and_no_commit_of_the_day(
    app: Flask, content: None, databases: Databases, figure: Figure
) -> None:
    if databases.server is None:
        pytest.skip("SQLite keeps neither")
    order.arrive(FEW)
    begun = datetime.now(UTC)
    before = order.transactions(), order.commits_before(begun, databases)

    night.run(clock.now())
    after = order.transactions(), order.commits_before(begun, databases)

    assert len(before[0]) >= FEW
    assert before[1] >= FEW
    assert (len(after[0]), after[1]) == (1, 0)
    figure(f"{len(after[0])} transaction id (of {len(before[0])}), {after[1]} old commit records (of {before[1]})")


def broken_night(mutant: order_mutants.Mutant, databases: Databases, patch: pytest.MonkeyPatch) -> list[order.Order]:
    """What can be seen after the night of a wrong version."""
    mutant(patch)
    ids = order.arrive(FEW)
    night.run(clock.now())
    return order.seen(ids, databases)


@pytest.mark.requirement("R3", mutants=True)
@pytest.mark.parametrize("mutant", order_mutants.OF_SQLITE, ids=lambda mutant: mutant.__name__)
def test_what_is_stored_in_order_is_found(
    app: Flask, content: None, databases: Databases, monkeypatch: pytest.MonkeyPatch, mutant: order_mutants.Mutant
) -> None:
    if databases.server:
        pytest.skip("the same code on both")

    seen = broken_night(mutant, databases, monkeypatch)

    assert order.told(seen) != []


@pytest.mark.requirement("R3", mutants=True)
@pytest.mark.parametrize("mutant", order_mutants.OF_POSTGRESQL, ids=lambda mutant: mutant.__name__)
def test_a_night_that_does_not_shuffle_is_found(
    app: Flask, content: None, databases: Databases, monkeypatch: pytest.MonkeyPatch, mutant: order_mutants.Mutant
) -> None:
    if databases.server is None:
        pytest.skip("SQLite orders by its random keys")

    seen = broken_night(mutant, databases, monkeypatch)

    assert order.told(seen) != []
    assert max(one.matched() for one in seen) > MOST_MATCHED
    if mutant is order_mutants.log_not_emptied:
        assert order.commits_before(datetime.now(UTC), databases) > FEW


@pytest.mark.requirement("R3", mutants=True)
def test_a_log_whose_files_are_used_again_is_found(app: Flask, content: None, databases: Databases) -> None:
    if databases.server is None:
        pytest.skip("a setting of PostgreSQL")
    ids = order.arrive(FEW)
    try:
        databases.server.execute(
            "ALTER SYSTEM SET wal_recycle = on", "ALTER SYSTEM SET min_wal_size = '256MB'", "SELECT pg_reload_conf()"
        )
        night.run(clock.now())
        told = order.told(order.seen(ids, databases))
    finally:
        resetting = ("ALTER SYSTEM RESET wal_recycle", "ALTER SYSTEM RESET min_wal_size", "SELECT pg_reload_conf()")
        databases.server.execute(*resetting)
        night.empty_log()

    assert any(" in 0000" in one for one in told)
