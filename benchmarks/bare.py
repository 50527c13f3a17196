"""The bare limit: a WSGI function that makes one durable insert, with nothing of ours around it."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any

_PATH = os.environ["BARE_DATABASE"]
_LOCAL = threading.local()
_TURN = threading.Lock()
_QUEUE = os.open(f"{_PATH}-turn", os.O_RDWR | os.O_CREAT, 0o600)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read the body, insert 256 bytes durably, answer."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    connection = _connection()
    with _TURN:
        fcntl.flock(_QUEUE, fcntl.LOCK_EX)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare VALUES (?, ?)", (os.urandom(16), os.urandom(256)))
            connection.execute("COMMIT")
        finally:
            fcntl.flock(_QUEUE, fcntl.LOCK_UN)
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [b"<Response/>"]


def create() -> None:
    """The table, and the log mode, before any server starts."""
    connection = sqlite3.connect(_PATH)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS bare (id BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID")
    connection.close()


def _connection() -> sqlite3.Connection:
    if not hasattr(_LOCAL, "connection"):
        _LOCAL.connection = sqlite3.connect(_PATH, isolation_level=None, timeout=5)
        _LOCAL.connection.execute("PRAGMA synchronous=FULL")
    found: sqlite3.Connection = _LOCAL.connection
    return found
