"""The bare limit: a WSGI function with one durable transaction, and nothing of ours around it."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import psycopg

_AT = os.environ["BARE_DATABASE"]
"""The path of a SQLite file, or postgresql://…"""
_LOCAL = threading.local()


class Database(Protocol):
    """One durable transaction at a time."""

    def create(self) -> None:
        """The tables, before any server starts."""

    def insert(self) -> None:
        """Store 272 bytes durably."""


class Sqlite:
    """WAL, synchronous=FULL; writers queue at one flock, which is the fastest fair way."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._queue = os.open(f"{_AT}-turn", os.O_RDWR | os.O_CREAT, 0o600)

    def create(self) -> None:
        connection = self._connection()
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS bare (id BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID")

    def insert(self) -> None:
        connection = self._connection()
        with self._turn:
            fcntl.flock(self._queue, fcntl.LOCK_EX)
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO bare VALUES (?, ?)", (os.urandom(16), os.urandom(256)))
                connection.execute("COMMIT")
            finally:
                fcntl.flock(self._queue, fcntl.LOCK_UN)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(_LOCAL, "connection"):
            _LOCAL.connection = sqlite3.connect(_AT, isolation_level=None, timeout=5)
            _LOCAL.connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = _LOCAL.connection
        return found


class Postgresql:
    """One round trip: a statement that writes two tables and is its own transaction."""

    _BOTH = "WITH first AS (INSERT INTO bare VALUES (%s, %s)) INSERT INTO other VALUES (%s, %s)"

    def create(self) -> None:
        for table in ("bare", "other"):
            self._connection().execute(f"CREATE TABLE {table} (id bytea PRIMARY KEY, content bytea)")

    def insert(self) -> None:
        values = (os.urandom(16), os.urandom(128), os.urandom(16), os.urandom(128))
        self._connection().execute(self._BOTH, values)

    def _connection(self) -> "psycopg.Connection[Any]":
        if not hasattr(_LOCAL, "connection"):
            _LOCAL.connection = psycopg.connect(_AT, autocommit=True)
        found: psycopg.Connection[Any] = _LOCAL.connection
        return found


DATABASE: Database = Postgresql() if _AT.startswith("postgresql") else Sqlite()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read the body, store something durably, answer."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    DATABASE.insert()
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [b"<Response/>"]
