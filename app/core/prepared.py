"""Statements for the path every text takes: built with SQLAlchemy, compiled once, run on the driver itself.

Measured (`make bench`): a Core statement costs 30-60 µs of Python beside 4 µs in SQLite, six times a text.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import OperationalError

from app.core import db

Insert = Callable[[Any], Any]


class Prepared:
    """One statement in the words of both databases. Values go in by name, rows come out as tuples of plain values.

    Runs in the transaction of `db.connection()`. Columns must be of types that both drivers take as they
    are: bytes, text, numbers, booleans. Raises SQLAlchemy's OperationalError, without values, where the
    database is locked, full or too slow.
    """

    def __init__(self, statement: Executable, *, on_postgresql: Executable | None = None) -> None:
        compiled: Any = statement.compile(dialect=SQLiteDialect_pysqlite())  # type: ignore[attr-defined]
        self._sqlite, self._names = str(compiled), tuple(compiled.positiontup)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        statement = statement if on_postgresql is None else on_postgresql
        self._postgresql = str(statement.compile(dialect=PGDialect_psycopg()))  # type: ignore[attr-defined,no-untyped-call]

    @classmethod
    def inserting(cls, build: Callable[[Insert], Executable]) -> "Prepared":
        """An INSERT … ON CONFLICT, which each database spells with its own `insert`."""
        return cls(build(sqlite.insert), on_postgresql=build(postgresql.insert))

    def run(self, **values: Any) -> int:
        """Do it; how many rows it touched."""
        return int(self._done([values]).rowcount)

    def run_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Do it once for each row; they travel together."""
        if rows:
            self._done(rows)

    def rows(self, **values: Any) -> Sequence[tuple[Any, ...]]:
        """All it finds."""
        found: Sequence[tuple[Any, ...]] = self._done([values]).fetchall()
        return found

    def _done(self, rows: Sequence[Mapping[str, Any]]) -> Any:
        driver: Any = db.connection().connection.driver_connection
        try:
            if isinstance(driver, sqlite3.Connection):
                return self._on_sqlite(driver, rows)
            return self._on_postgresql(driver, rows)
        except (sqlite3.OperationalError, psycopg.OperationalError) as error:
            db.note(error)
            raise OperationalError(self._sqlite, None, error, hide_parameters=True) from None

    def _on_sqlite(self, driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]]) -> Any:
        places = [[{**self._fixed, **row}[name] for name in self._names] for row in rows]
        if len(places) == 1:
            return driver.execute(self._sqlite, places[0])
        return driver.executemany(self._sqlite, places)

    def _on_postgresql(self, driver: Any, rows: Sequence[Mapping[str, Any]]) -> Any:
        if len(rows) == 1:
            return driver.execute(self._postgresql, {**self._fixed, **rows[0]})
        cursor = driver.cursor()
        cursor.executemany(self._postgresql, [{**self._fixed, **row} for row in rows])
        return cursor
