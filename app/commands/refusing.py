"""What a command says when it cannot go on: one line, and never what is in a file, a row or a setting."""

import sqlite3
import traceback
from pathlib import Path

import psycopg
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.core import db
from app.core.config import ROOT
from app.core.errors import Refusal

_OURS = (IntegrityError, DataError)
"""What we asked the database to store must not be stored."""
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
    if isinstance(error, DBAPIError | sqlite3.Error | psycopg.Error) and not isinstance(error, _OURS):
        return _of_the_database(getattr(error, "orig", None) or error)
    if isinstance(error, OSError) and error.strerror:
        places = [str(place) for place in (error.filename, error.filename2) if place]
        return f"{' to '.join(places)}: {error.strerror}." if places else f"{error.strerror}."
    return f"This is a fault of ours, please report it: {type(error).__name__} at {_place(error)}."


def _place(error: BaseException) -> str:
    """The last line of ours that was being run."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith(str(ROOT / "app"))]
    return f"{Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}"


def _of_the_database(error: BaseException) -> str:
    """The name of what is wrong; the message itself may carry what is stored."""
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if name.startswith(("SQLITE_IOERR", "SQLITE_FULL", "DiskFull")):
        return f"The disk does not take what is written ({name})."
    return _HINTS.get(name, f"The database is not ready ({name}). Has `stemme init` been run?")
