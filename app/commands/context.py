"""Runs a command inside the application."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError, ProgrammingError

from app import create_app
from app.core import db
from app.core.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")


def in_app(command: Callable[P, R]) -> Callable[P, R]:
    """Give the command an application context with the settings of the environment."""

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with create_app().app_context(), _connections():
                return command(*args, **kwargs)
        except db.Busy as error:
            raise Refusal("The database is busy. Please try again.") from error
        except (OperationalError, ProgrammingError) as error:
            fault = type(error.orig).__name__
            if fault == "InsufficientPrivilege":
                raise Refusal("This side of the house may not do that: run it on the desk's side.") from error
            raise Refusal(f"The database is not ready ({fault}). Has `stemme init` been run?") from error

    return inside


@contextmanager
def _connections() -> Iterator[None]:
    """None is left open when the command is over."""
    try:
        yield
    finally:
        db.db.session.remove()
        db.db.engine.dispose()


def text_of(path: Path) -> str:
    """The text of a file, or one line that says why not."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path}: is not UTF-8 text.") from error
