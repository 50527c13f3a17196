"""Runs a command inside the application."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from app import create_app
from app.core import db
from app.core.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")


def in_app(command: Callable[P, R]) -> Callable[P, R]:
    """Give the command an application context with the settings of the environment."""

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with create_app().app_context(), _connections():
            return command(*args, **kwargs)

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
