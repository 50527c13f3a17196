"""Statements for the path every text takes: built with SQLAlchemy, compiled once, run on the driver itself.

Measured (`make bench`): a Core statement costs 30-60 µs of Python beside 4 µs in SQLite, six times a text.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import IntegrityError, OperationalError

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
        self._postgresql = _for_postgresql(statement if on_postgresql is None else on_postgresql)

    @classmethod
    def inserting(cls, build: Callable[[Insert], Executable]) -> "Prepared":
        """An INSERT … ON CONFLICT, which each database spells with its own `insert`."""
        return cls(build(sqlite.insert), on_postgresql=build(postgresql.insert))

    def run(self, **values: Any) -> None:
        """Do it."""
        self._done(values)

    def rows(self, **values: Any) -> Sequence[tuple[Any, ...]]:
        """All it finds."""
        with _translated():
            found: Sequence[tuple[Any, ...]] = self._done(values).fetchall()
        return found

    def _done(self, values: Mapping[str, Any]) -> Any:
        driver, values = _driver(), {**self._fixed, **values}
        with _translated():
            if isinstance(driver, sqlite3.Connection):
                return driver.execute(self._sqlite, [values[name] for name in self._names])
            return driver.execute(self._postgresql, values)


class PreparedRows:
    """An INSERT … ON CONFLICT of several rows, which go to the database together."""

    def __init__(self, table: type[Any], build: Callable[[Any], Executable]) -> None:
        compiled: Any = build(sqlite.insert(table)).compile(dialect=SQLiteDialect_pysqlite())  # type: ignore[attr-defined]
        self._sqlite, self._names = str(compiled), tuple(compiled.positiontup)
        self._table, self._build = table, build
        self._postgresql: dict[int, str] = {}

    def run(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert them; nothing to do for none."""
        if not rows:
            return
        driver = _driver()
        with _translated():
            if isinstance(driver, sqlite3.Connection):
                driver.executemany(self._sqlite, [[row[name] for name in self._names] for row in rows])
            else:
                values = {f"{name}_m{place}": row[name] for place, row in enumerate(rows) for name in self._names}
                driver.execute(self._for_postgresql(len(rows)), values)

    def _for_postgresql(self, count: int) -> str:
        """One statement for so many rows: each more would cost a round trip."""
        known = self._postgresql.get(count)
        if known is None:
            rows: list[dict[str, Any]] = [
                {name: bindparam(f"{name}_m{place}") for name in self._names} for place in range(count)
            ]
            known = _for_postgresql(self._build(postgresql.insert(self._table).values(rows)))
            self._postgresql[count] = known
        return known


def _for_postgresql(statement: Executable) -> str:
    return str(statement.compile(dialect=PGDialect_psycopg()))  # type: ignore[attr-defined,no-untyped-call]


def _driver() -> Any:
    return db.connection().connection.driver_connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, psycopg.OperationalError) as error:
        db.note(error)
        raise OperationalError("a prepared statement", None, error, hide_parameters=True) from None
    except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
        raise IntegrityError("a prepared statement", None, error, hide_parameters=True) from None
