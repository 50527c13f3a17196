"""The night run is killed at every step (F15): no row is lost, and the next run does the rest."""

import json
import signal
from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app import jobs
from app.core import config, db
from app.privacy import night
from tests.desk.moderation import factories
from tests.faults import dying_night
from tests.faults.dying_night import BEFORE, BEFORE_STATEMENT, HALF_WRITTEN, NOT_COMMITTED, NOT_NOTED, Moment
from tests.mutants import storage_mutants
from tests.requirements import IN_FULL, Figure

NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
LATER = ("due in the morning", "drawn anew", "pace", "printed anew", "indexed anew", "samples forbidden")
STEPS = (*(step.name for step in jobs.FORGETTING), *LATER, *(step.name for step in night.LAST_STEPS))
ON_SQLITE = (Moment(HALF_WRITTEN, "shuffled"), Moment(HALF_WRITTEN, "log emptied"))
"""SQLite writes the whole file anew into its log, and out of the log again."""
ON_POSTGRESQL = tuple(
    Moment(BEFORE_STATEMENT, beginning)
    for beginning in ("LOCK", "CREATE TEMP", "TRUNCATE", "INSERT INTO response", "INSERT INTO mask_span", "VACUUM",
                      "CHECKPOINT", "SELECT pg_switch_wal")
)  # fmt: skip
"""All tables are empty from TRUNCATE on, until each is filled again, and nobody may ever see them so."""
FEW = (*ON_SQLITE, Moment(BEFORE_STATEMENT, "INSERT INTO response"))
ALL = (
    *(Moment(when, step) for step in STEPS for when in (BEFORE, NOT_COMMITTED, NOT_NOTED)), *ON_SQLITE, *ON_POSTGRESQL,
)  # fmt: skip
Rows = dict[str, Counter[str]]


@pytest.mark.requirement("R4")
def test_a_night_that_is_killed_loses_no_row_and_the_next_does_the_rest(
    app: Flask, content: None, figure: Figure
) -> None:
    others = ON_POSTGRESQL if db.is_sqlite() else ON_SQLITE
    moments = [moment for moment in (ALL if IN_FULL else FEW) if moment not in others]
    before = full_house()

    for moment in moments:
        assert dying_night.run(NIGHT, moment) in (signal.SIGKILL, signal.SIGXFSZ), moment
        assert (str(moment), rows()) == (str(moment), before)
        assert is_sound()
        jobs.night_run(NIGHT)
        assert (str(moment), rows()) == (str(moment), before)
        assert set(told()) == set(STEPS)
        assert set(told().values()) == {"done"}
    figure(f"{db.db.engine.dialect.name}: night killed at {len(moments)} moments, 0 rows lost")


@pytest.mark.requirement("R4", mutants=True)
def test_a_night_that_empties_in_one_transaction_and_fills_in_another_is_found(
    app: Flask, content: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.is_sqlite():
        pytest.skip("SQLite shuffles in one statement")
    before = full_house()
    storage_mutants.filled_in_another_transaction(monkeypatch)

    died_of = dying_night.run(NIGHT, Moment(BEFORE_STATEMENT, "INSERT INTO response"))

    assert died_of == signal.SIGKILL
    assert rows() != before


def full_house() -> Rows:
    """What is stored of fifteen people, when a night has forgotten what is due: from here on no night changes a row."""
    for nth in range(15):  # two texts each: so few that all are drawn for second coders, and none anew each night
        factories.a_response(f"Flere senge til nummer {nth}", f"Kaffen på gang {nth}", values={"safe": "3"})
    jobs.night_run(NIGHT)
    return rows()


def rows() -> Rows:
    """Every row of every table that is shuffled."""
    with db.reading(), db.db.engine.connect() as connection:
        return {
            table.name: Counter(map(repr, connection.execute(sa.select(table)).all()))
            for table in night.tables_to_shuffle()
        }


def is_sound() -> bool:
    """Whether SQLite finds no fault in its file; PostgreSQL has no such question."""
    if not db.is_sqlite():
        return True
    with db.reading(), db.db.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]


def told() -> dict[str, str]:
    """What the report says of each step."""
    found: dict[str, str] = json.loads((config.settings().instance_dir / "night.json").read_text("ascii"))["steps"]
    return found
