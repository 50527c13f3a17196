"""Statements for the path every text takes: built with SQLAlchemy, compiled once, run on the driver itself.

Measured (`make bench`): a Core statement costs 30-60 µs of Python beside 4 µs in SQLite, six times a text.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Self

import psycopg
from sqlalchemy import Executable, bindparam, cast, column, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.types import TypeEngine

from app.core import db

Row = Mapping[str, Any]
_IN_A_LIST = re.compile(r"IN \(__\[POSTCOMPILE_(\w+)\]\)")


class Prepared:
    """One statement in the words of both databases. Values go in by name, rows come out as tuples of plain values.

    Runs in the transaction of `db.connection()`. Columns must be of types that both drivers take as they
    are: bytes, text, numbers, booleans; where the statement says `in_(bindparam(…, expanding=True))`, lists of
    these. Raises SQLAlchemy's OperationalError, without values, where the database is locked, full or too slow.
    """

    def __init__(self, statement: Executable) -> None:
        on_sqlite, on_postgresql = _for_sqlite(statement), _for_postgresql(statement)
        self._sqlite, self._names = str(on_sqlite), tuple(on_sqlite.positiontup)
        self._postgresql = _with_arrays(on_postgresql)
        self._own = {k: v for one in (on_sqlite, on_postgresql) for k, v in one.params.items() if v is not None}
        self._has_lists = _IN_A_LIST.search(self._sqlite) is not None

    def rows(self, **values: Any) -> Sequence[tuple[Any, ...]]:
        """All it finds."""
        with _translated():
            found: Sequence[tuple[Any, ...]] = self._done(values).fetchall()
        return found

    def _done(self, values: Row) -> Any:
        driver, values = _driver(), {**self._own, **values}
        with _translated():
            if not isinstance(driver, sqlite3.Connection):
                return driver.execute(self._postgresql, values)
            if not self._has_lists:
                return driver.execute(self._sqlite, [values[name] for name in self._names])
            statement = _IN_A_LIST.sub(lambda found: f"IN ({','.join('?' * len(values[found[1]]))})", self._sqlite)
            return driver.execute(statement, [one for name in self._names for one in _listed(values[name])])


class PreparedRows:
    """One statement that is carried out for every row of values; rows go in by the names of their values.

    On PostgreSQL all rows are one JSON parameter: so the statement is the same for any number of rows, and is
    planned once. Arrays, one a column, cost ten times as much in the driver.
    """

    def __init__(self, on_sqlite: Executable, on_postgresql: Callable[[str], Executable]) -> None:
        compiled = _for_sqlite(on_sqlite)
        self._sqlite, self._names = str(compiled), tuple(compiled.positiontup)
        self._on_postgresql = on_postgresql
        self._alone = self.in_postgresql("rows")

    @classmethod
    def inserting(cls, model: type[Any], then: Callable[[Any], Executable] = lambda adding: adding) -> Self:
        """An INSERT of whole rows; `then` says what to do where a row is there already."""
        columns = model.__table__.c
        names, types = [one.name for one in columns], {one.name: one.type for one in columns}
        return cls(
            then(sqlite.insert(model).values({name: bindparam(name) for name in names})),
            lambda rows: then(postgresql.insert(model).from_select(names, _given(types, rows).select())),
        )

    @classmethod
    def changing(cls, build: Callable[[Any], Executable], **types: TypeEngine[Any]) -> Self:
        """An UPDATE or DELETE; `build` finds the values of one row in what it is given, by their names."""
        return cls(
            build(SimpleNamespace(**{name: bindparam(name, type_=of) for name, of in types.items()})),
            lambda rows: build(_given(types, rows).c),
        )

    def run(self, rows: Sequence[Row]) -> None:
        """Carry it out for all of them; nothing to do for none."""
        if not rows:
            return
        driver = _driver()
        with _translated():
            if isinstance(driver, sqlite3.Connection):
                self.in_sqlite(driver, rows)
            else:
                driver.execute(self._alone, {"rows": _as_json(rows)})

    def in_sqlite(self, driver: sqlite3.Connection, rows: Sequence[Row]) -> int:
        """How many rows of the table were written."""
        names = self._names
        return driver.executemany(self._sqlite, [[row[name] for name in names] for row in rows]).rowcount

    def in_postgresql(self, parameter: str) -> str:
        """The statement, its rows in a parameter of this name."""
        return str(_for_postgresql(self._on_postgresql(parameter)))


class Together:
    """Several statements for many rows that are carried out together: one round trip on PostgreSQL.

    There all of them see the tables as they were before: none may touch a row that another one has written.
    """

    def __init__(self, **statements: PreparedRows) -> None:
        self._statements = statements
        parts = ", ".join(f"{name} AS ({one.in_postgresql(name)} RETURNING 1)" for name, one in statements.items())
        self._postgresql = f"WITH {parts} SELECT {', '.join(f'(SELECT count(*) FROM {name})' for name in statements)}"  # noqa: S608 - our own names

    def run(self, rows: Mapping[str, Sequence[Row]]) -> dict[str, int]:
        """Carry them out in their order; how many rows of its table each has written."""
        driver = _driver()
        with _translated():
            if isinstance(driver, sqlite3.Connection):
                return {name: one.in_sqlite(driver, rows[name]) for name, one in self._statements.items() if rows[name]}
            values = {name: _as_json(rows[name]) for name in self._statements}
            found = driver.execute(self._postgresql, values).fetchone()
        return dict(zip(self._statements, found, strict=True))


def _given(types: Mapping[str, TypeEngine[Any]], parameter: str) -> Any:
    """The rows of a JSON parameter, as a table."""
    rows = func.json_to_recordset(cast(bindparam(parameter), postgresql.JSON))
    return rows.table_valued(*(column(name, of) for name, of in types.items())).render_derived(with_types=True)


def _as_json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, default=_hexadecimal, separators=(",", ":"))


def _hexadecimal(value: bytes) -> str:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}"


def _with_arrays(compiled: Any) -> str:
    """Lists as arrays. Behind a subquery the plan is the same for any length, so that it is made only once."""

    def array(found: re.Match[str]) -> str:
        of = compiled.binds[found[1]].type.compile(compiled.dialect)
        return f"= ANY(ARRAY(SELECT unnest(%({found[1]})s::{of}[])))"

    return _IN_A_LIST.sub(array, str(compiled))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _for_sqlite(statement: Any) -> Any:
    return statement.compile(dialect=SQLiteDialect_pysqlite())


def _for_postgresql(statement: Any) -> Any:
    return statement.compile(dialect=PGDialect_psycopg())  # type: ignore[no-untyped-call]


def _driver() -> Any:
    return db.connection().connection.driver_connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, psycopg.OperationalError) as error:
        db.note(error)
        raise OperationalError("a prepared statement", None, error, hide_parameters=True) from None
    except psycopg.DataError as error:
        nameless = type(error)("a value that its column cannot hold")
        raise DataError("a prepared statement", None, nameless, hide_parameters=True) from None
    except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
        silent = type(error)("a rule of the table")  # PostgreSQL tells the values in its message
        raise IntegrityError("a prepared statement", None, silent, hide_parameters=True) from None
