"""What a command says when it cannot go on: one line, and never what is in a file, a row or a setting."""

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

from app.core import db, log
from app.core.errors import Refusal

_HINTS = {
    "InsufficientPrivilege": "This side of the house may not do that: run it on the desk's side.",
    "SQLITE_NOTADB": "The database is not a file of SQLite: see STEMME_DATABASE_URL.",
}
"""What helps, by the name the database has for it."""


def in_one_line(error: Exception) -> str:
    """A refusal's own sentence, what the machine or the database says is wrong, or where our fault is."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, db.Busy):
        return "The database is busy. Please try again."
    if isinstance(error, DBAPIError | sqlite3.Error | psycopg.Error):
        return _of_the_database(getattr(error, "orig", None) or error)
    if isinstance(error, OSError) and error.strerror:
        places = [str(place) for place in (error.filename, error.filename2) if place]
        return f"{' to '.join(places)}: {error.strerror}." if places else f"{error.strerror}."
    about = log.fault(error)
    return f"This is a fault of ours, please report it: {about['fault']} at {' > '.join(about['frames'][-3:])}"


def _of_the_database(error: BaseException) -> str:
    """The name of what is wrong; the message itself may carry what is stored."""
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if name.startswith(("SQLITE_IOERR", "SQLITE_FULL", "DiskFull")):
        return f"The disk does not take what is written ({name})."
    return _HINTS.get(name, f"The database is not ready ({name}). Has `stemme init` been run?")
