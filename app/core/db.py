"""The database: one base class, one way to begin a transaction, the same pragmas on every connection."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, LargeBinary, MetaData, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from app.core.turns import Turn

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # else INSERT OR REPLACE takes a frozen row away and no trigger hears of it
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("busy_timeout", "5000", 5000),
    ("cell_size_check", "ON", 1),
)
POSTGRES_SETTINGS = (
    ("synchronous_commit", "on"),
    ("lock_timeout", "5s"),
    ("statement_timeout", "6s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("timezone", "UTC"),
)
SHORTEST_WAIT, LONGEST_WAIT = 0.05, 5.0  # seconds a writer waits for its turn: after one who did in vain, and else


class Model(DeclarativeBase):
    """Every table; what a citizen said carries the marks of `CITIZEN` besides."""

    metadata = MetaData(naming_convention=NAMING)


class Busy(Exception):
    """No writer's turn came in time; nothing was stored."""


UNAVAILABLE = (Busy, OperationalError)
"""The database did not answer, or not in time; nothing was stored, and the same may work later."""


def lost_a_race(error: BaseException) -> bool:
    """Whether another transaction was first, so that the same may work at once: a broken rule, or a deadlock."""
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, IntegrityError) or sqlstate == _DEADLOCK


class Patience:
    """How long a writer waits. Those who stood in line behind one who waited in vain hardly wait themselves:
    the carrier's clock has run for them too, and they must hear within 8 seconds that nothing was stored."""

    def __init__(self) -> None:
        self._lost_at = float("-inf")

    def seconds(self) -> float:
        """How long to wait now."""
        return SHORTEST_WAIT if time.monotonic() - self._lost_at < 1 else LONGEST_WAIT

    def lose(self) -> None:
        """Somebody has waited in vain."""
        self._lost_at = time.monotonic()

    def recover(self) -> None:
        """Somebody got a turn."""
        self._lost_at = float("-inf")


_DEADLOCK = "40P01"
_IN_VAIN = ("55P03", "57014")  # what PostgreSQL says when lock_timeout or statement_timeout is over
_patience = Patience()
_only_reads = ContextVar("only_reads", default=False)
"""Whether the transaction that begins now only reads."""
db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"expire_on_commit": False})

ID = LargeBinary(16)
CITIZEN: dict[str, Any] = {"sqlite_with_rowid": False, "info": {"citizen": True}}
"""Table arguments of CITIZEN_TABLES: a hidden rowid would keep the order of arrival."""


def random_id() -> Any:
    """A primary key of 16 random bytes: it says nothing of when, or after whom."""
    return mapped_column(ID, primary_key=True, default=lambda: os.urandom(16))


def partial_index(condition: str) -> dict[str, Any]:
    """Arguments of an Index that holds only the rows of this condition."""
    # SQLAlchemy asks SQLite for `IS 1`, and SQLite does not see that an index of what IS TRUE would do.
    return {"sqlite_where": text(condition.replace("IS TRUE", "IS 1")), "postgresql_where": text(condition)}


def init(app: Flask, database_url: str) -> None:
    """Connect the app to its database; parameters of statements never show in logs or errors."""
    url = make_url(database_url)
    options: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"factory": QueuedConnection, "timeout": LONGEST_WAIT}
    else:
        options["connect_args"] = {"connect_timeout": int(LONGEST_WAIT)}
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)


def connection() -> Connection:
    """The connection of the current transaction, for statements that need no objects."""
    session = db.session()
    known: tuple[object, Connection] | None = session.info.get("connection")
    transaction = _innermost(session)
    if known is None or transaction is None or known[0] is not transaction:
        found = session.connection()  # this is what sets a savepoint
        session.info["connection"] = known = (_innermost(session), found)
    return known[1]


def _innermost(session: Session) -> object | None:
    return session.get_nested_transaction() or session.get_transaction()


def begin_reading() -> None:
    """Tell the next transaction that it only reads; readers never wait for a writer on SQLite.

    Everything else begins IMMEDIATE: a deferred BEGIN that turns into a write fails at once,
    whatever busy_timeout says, and a text would be lost.
    """
    if db.session().in_transaction():
        return
    with reading():
        db.session.connection()


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside only read."""
    before = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(before)


def may_read_first() -> bool:
    """Begin a reading transaction, where writers would wait for whoever thinks while writing (SQLite).

    False, and nothing is begun, on PostgreSQL and where a transaction is open already.
    """
    if not is_sqlite() or db.session().in_transaction():
        return False
    begin_reading()
    return True


def turn_to_writing() -> None:
    """End the reading and wait for our turn to write. What was read may have changed meanwhile."""
    driver = connection().connection.driver_connection
    if isinstance(driver, QueuedConnection):
        driver.rollback()
        driver.begin_writing()


@contextmanager
def outside_transaction() -> Iterator[Any]:
    """A raw driver connection for VACUUM and checkpoints, which refuse to run inside a transaction."""
    raw = db.engine.raw_connection()
    try:
        yield raw.driver_connection
    finally:
        raw.close()


class QueuedConnection(sqlite3.Connection):
    """A SQLite connection whose writers wait for their turn before BEGIN IMMEDIATE."""

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self._turn = Turn.of(database) if database not in ("", ":memory:") else None
        self._is_ours = False

    def begin_writing(self) -> None:
        """Wait for the turn, then BEGIN IMMEDIATE. Raises Busy after LONGEST_WAIT seconds, both waits together."""
        began, longest = time.monotonic(), _patience.seconds()
        if self._turn and not self._turn.take(longest):
            _patience.lose()
            raise Busy
        self._is_ours = self._turn is not None
        try:
            self._begin_within(min(longest - (time.monotonic() - began), _patience.seconds()))
        except sqlite3.OperationalError as error:
            _patience.lose()
            self._end_turn()
            raise Busy from error
        _patience.recover()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            if not self.in_transaction:
                self._end_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._end_turn()

    def close(self) -> None:
        self._end_turn()
        super().close()

    def _begin_within(self, seconds: float) -> None:
        """In our turn only a tool that does not queue can be in the way."""
        is_late = seconds < LONGEST_WAIT * 0.9
        if is_late:
            self.execute(f"PRAGMA busy_timeout={max(0, int(seconds * 1000))}")
        try:
            self.execute("BEGIN IMMEDIATE")
        finally:
            if is_late:
                self.execute(f"PRAGMA busy_timeout={int(LONGEST_WAIT * 1000)}")

    def _end_turn(self) -> None:
        if self._turn and self._is_ours:
            self._is_ours = False
            self._turn.give_back()


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, record: Any) -> None:
    """On every connection of every tool: pragmas are not stored in the file, and builds differ."""
    if not hasattr(connection, "pgconn"):  # SQLite, also another build of it than Python's own
        connection.isolation_level = None
        for name, wanted, read_back in PRAGMAS:
            connection.execute(f"PRAGMA {name}={wanted}")
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != read_back:
                raise RuntimeError(f"SQLite does not keep PRAGMA {name}={wanted}")
        _keep_private(connection)
        return
    with connection.cursor() as cursor:
        for name, wanted in POSTGRES_SETTINGS:
            cursor.execute(f"SET {name} = '{wanted}'")
    connection.commit()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        if _patience.seconds() < LONGEST_WAIT:
            raw.execute(f"SET LOCAL lock_timeout = '{SHORTEST_WAIT * 1000:.0f}ms'")
        return
    if _only_reads.get():
        raw.execute("BEGIN")
    elif isinstance(raw, QueuedConnection):
        raw.begin_writing()
    else:
        raw.execute("BEGIN IMMEDIATE")


@event.listens_for(Engine, "handle_error")
def _note(context: ExceptionContext) -> None:
    note(context.original_exception)


def note(error: BaseException) -> None:
    """Let the next writers hardly wait, if this one waited in vain. For statements that run on the driver itself."""
    is_busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    if is_busy or getattr(error, "sqlstate", None) in _IN_VAIN:
        _patience.lose()


def _keep_private(connection: sqlite3.Connection) -> None:
    for _, name, path in connection.execute("PRAGMA database_list"):
        if name == "main" and path:
            Path(path).chmod(0o600)


def is_sqlite() -> bool:
    """Which of the two databases this process talks to."""
    return bool(current_app.config["SQLALCHEMY_DATABASE_URI"].get_backend_name() == "sqlite")
