"""Wrong ways to store, each of which leaves deleted words on the disk, or an open log unnoticed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Executable, text

from app.core import db
from app.privacy import night
from app.privacy.night import Step

Patch = pytest.MonkeyPatch
Mutant = Callable[[Patch], None]


def only_in_a_migration(patch: Patch) -> None:
    """Set once, by the first tool that comes: SQLite does not store it in the file."""
    patch.setattr(db, "PRAGMAS", _without("secure_delete"))


def fast_deletion(patch: Patch) -> None:
    """Overwrites only where it costs no writing: whole pages go as they are."""
    patch.setattr(db, "PRAGMAS", (*_without("secure_delete"), ("secure_delete", "FAST", 2)))


def checkpoint_ignored(patch: Patch) -> None:
    """The log is told to be emptied, and nobody listens to the answer."""

    def empty_log(_: datetime) -> None:
        with db.outside_transaction() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    patch.setattr(night, "LAST_STEPS", (night.LAST_STEPS[0], Step("log emptied", empty_log)))


def filled_in_another_transaction(patch: Patch) -> None:
    """PostgreSQL's tables lie empty on the disk between TRUNCATE and INSERT: what they held is with one process."""
    execute = Connection.execute

    def committing(connection: Connection, statement: Executable, *more: Any) -> Any:
        said = str(statement)
        is_copy = said.startswith("CREATE TEMP TABLE")
        found = execute(connection, text(said.replace(" ON COMMIT DROP", "")) if is_copy else statement, *more)
        if said.startswith("TRUNCATE"):
            cast(Any, connection.connection.driver_connection).commit()
        return found

    patch.setattr(Connection, "execute", committing)


DELETING: tuple[Mutant, ...] = (only_in_a_migration, fast_deletion)
RAW_CONNECTIONS = (
    "import sqlite3\nsqlite3.connect('stemme.sqlite3')",
    "from sqlite3 import connect\nconnect('stemme.sqlite3')",
    "import psycopg\npsycopg.connect('dbname=stemme')",
)


def _without(pragma: str) -> tuple[tuple[str, str, object], ...]:
    return tuple(one for one in db.PRAGMAS if one[0] != pragma)
