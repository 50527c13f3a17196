"""The night run: what is due is forgotten, the order of arrival is destroyed, the database's own log is emptied.

SQLite: VACUUM (random keys and no rowid: page order is key order), then the log is truncated; the
truncation must report 0, an open reader makes it 1 and the pages stay. PostgreSQL: every citizens'
table and every table that points at one is copied, truncated and filled again in random order in
one transaction, so that one transaction id and a random place on disk are all that is left.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, text

from app.core import db, log
from app.core.db import Model
from app.core.errors import Refusal
from app.privacy import night_report
from app.privacy.night_report import DONE

FORGETFUL = ("seal_month", "tally", "staff_session", "user", "account_elsewhere", "sign_in_errand", "audit")
"""Other tables with rows that must be gone for good once they are deleted: PostgreSQL leaves their bytes in its pages,
and the wrapped key of a destroyed month would still open there."""


class LogNotEmptied(Exception):
    """A reader was open: the pages of today are still in the log. The run comes again."""


class NightNotWhole(Refusal):
    """Some step was busy or failed; `night.json` says which. The run comes again, from that step on."""


@dataclass(frozen=True)
class Step:
    """A part of the night that is committed by itself and may be done twice."""

    name: str
    act: Callable[[datetime], object]


def run(now: datetime, *earlier: Step) -> None:
    """Do the earlier steps, shuffle and empty the log; how each went lies in `night.json` in the instance folder.

    Where a run of the same night was broken off, this one goes on with the step that was not done. A step that
    fails keeps no later one from being tried. Raises NightNotWhole at the end if one was busy or failed.
    """
    db.db.session.commit()
    report = night_report.tonight(now)
    for step in (*earlier, *LAST_STEPS):
        if not report.is_done(step.name):
            report = report.noted(step.name, _done(step, now))
            night_report.write(report)
    night_report.write(report.ended())
    if not report.is_whole:
        raise NightNotWhole(f"The night run is not whole: {report.undone}. It goes on from there when it comes again.")


def _done(step: Step, now: datetime) -> str:
    try:
        step.act(now)
        db.db.session.commit()
    except Exception as error:  # the order must be destroyed tonight, whatever else is broken
        db.db.session.rollback()
        log.alarm("night step failed", is_on=True, error=error, job=step.name)
        is_busy = isinstance(error, (LogNotEmptied, *db.UNAVAILABLE))
        return "busy" if is_busy else f"failed: {type(error).__name__}"
    log.alarm("night step failed", is_on=False, job=step.name)
    return DONE


def shuffle() -> None:
    """Let nothing on disk tell the order of arrival any more, and nothing that was deleted be left."""
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            raw.execute("VACUUM")
        return
    with db.db.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        _rewrite(connection, tables_to_shuffle())
    with _without_hurry() as connection:
        for name in FORGETFUL:
            connection.execute(text(f"VACUUM (FULL) {_quoted(connection, Model.metadata.tables[name])}"))


def empty_log() -> None:
    """Truncate SQLite's log, or let PostgreSQL begin new ones. Raises LogNotEmptied while somebody reads."""
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
                raise LogNotEmptied
        return
    with _without_hurry() as connection:
        for statement in (*("CHECKPOINT", "SELECT pg_switch_wal()") * 2, "CHECKPOINT"):
            connection.execute(text(statement))


LAST_STEPS = (Step("shuffled", lambda _: shuffle()), Step("log emptied", lambda _: empty_log()))


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


@contextmanager
def _without_hurry() -> Iterator[Connection]:
    """A connection outside a transaction whose statements may take their time; nobody else gets it afterwards."""
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        try:
            yield connection
        finally:
            connection.invalidate()


def _quoted(connection: Connection, table: Table) -> Any:
    return connection.dialect.identifier_preparer.quote(table.name)
