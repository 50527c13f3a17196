"""The night run: destroys the order of arrival, empties the database's own log, says how it went.

SQLite: VACUUM (random keys and no rowid: page order is key order), then the log is truncated; the
truncation must report 0, an open reader makes it 1 and the pages stay. PostgreSQL: every citizens'
table and every table that points at one is copied, truncated and filled again in random order in
one transaction, so that one transaction id and a random place on disk are all that is left.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, text

from app.core import config, db
from app.core.clock import COPENHAGEN
from app.core.db import Model


class LogNotEmptied(Exception):
    """A reader was open: the pages of today are still in the log. The run comes again."""


def run(now: datetime) -> None:
    """Shuffle and empty; the report lies in `night.json` in the instance folder."""
    db.db.session.commit()
    shuffle()
    empty_log()
    report = {"day": f"{now.astimezone(COPENHAGEN):%Y-%m-%d}", "shuffled": True, "log_emptied": True}
    (config.settings().instance_dir / "night.json").write_text(json.dumps(report), "ascii")


def shuffle() -> None:
    """Let nothing on disk tell the order of arrival any more."""
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            raw.execute("VACUUM")
        return
    with db.db.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        _rewrite(connection, tables_to_shuffle())


def empty_log() -> None:
    """Truncate SQLite's log, or let PostgreSQL recycle its own. Raises LogNotEmptied while somebody reads."""
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
                raise LogNotEmptied
        return
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in ("CHECKPOINT", "SELECT pg_switch_wal()") * 2:
            connection.execute(text(statement))
        connection.execute(text("CHECKPOINT"))


def tables_to_shuffle() -> list[Table]:
    """Citizens' tables and every table with a foreign key to one, parents first."""
    chosen = {table for table in Model.metadata.sorted_tables if table.info.get("citizen")}
    while True:
        pointing = {
            table
            for table in Model.metadata.sorted_tables
            if any(key.column.table in chosen for key in table.foreign_keys)
        }
        if pointing <= chosen:
            return [table for table in Model.metadata.sorted_tables if table in chosen]
        chosen |= pointing


def _rewrite(connection: Connection, tables: Sequence[Table]) -> None:
    quoted = [_quoted(connection, table) for table in tables]
    connection.execute(text(f"LOCK TABLE {', '.join(quoted)} IN ACCESS EXCLUSIVE MODE"))
    for name in quoted:
        connection.execute(text(f"CREATE TEMP TABLE shuffle_{name} ON COMMIT DROP AS TABLE {name}"))
    # One statement and never CASCADE, which would empty tables that are not copied.
    connection.execute(text(f"TRUNCATE {', '.join(quoted)}"))
    for name in quoted:
        shuffled = f"INSERT INTO {name} SELECT * FROM shuffle_{name} ORDER BY gen_random_uuid()"  # noqa: S608
        connection.execute(text(shuffled))


def _quoted(connection: Connection, table: Table) -> Any:
    return connection.dialect.identifier_preparer.quote(table.name)
