"""Taking back: what a person did last can be undone, as long as nobody went on from it.

An act on one text is watched: `with undoing.remembering(me, "tag", answer_id, code="MAD"):` looks at
the rows of the text and of its statement before and after, and keeps what changed. An act on many
statements is written down first and then carried out (`masses`). An act on the codebook names the
function that does its opposite (`remember`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.moderation.undoing import images, queries, row_queries
from app.desk.moderation.undoing.models import UndoEntry

Inverse = Callable[[str, User], None]
"""(arguments, who) → does the opposite of an act, or raises NotUndone where somebody built on it."""
INVERSES: dict[str, Inverse] = {}
Arguments = ParamSpec("Arguments")
Given = TypeVar("Given")


class NotUndone(Refusal):
    """The act stays as it is; the sentence says why."""


def remember(by: User, act: str, *, inverse: str, arguments: str, code: str | None = None, count: int = 1) -> None:
    """Keep an act together with the name of the function in INVERSES that undoes it.

    `act` is a key of labels.LABELS; `arguments` is what that function needs: ids and keys, never words.
    """
    if inverse not in INVERSES:
        raise KeyError(inverse)
    queries.add_entry(_entry(by, act, code=code, count=count, inverse=inverse, arguments=arguments))


@contextmanager
def remembering(by: User, act: str, item_id: bytes | None, *, code: str | None = None) -> Iterator[None]:
    """Watch an act on one text, and keep what it changed. An act that changes nothing is not kept,
    nor one that took words nothing can bring back; then there is nothing to undo. Acts within are part of it.
    """
    if item_id is None:  # a statement whose answer is gone: there is nothing to hang the act on
        yield
        return
    before, was_version, used = row_queries.image(item_id), queries.version(item_id), queries.used_of_text(item_id)
    known = queries.known(by.id)
    yield
    db.db.session.flush()
    changed = images.changes(before, row_queries.image(item_id))
    if not changed or images.lost_words(changed):
        return
    now_version = queries.version(item_id)
    entry = _entry(by, act, code=code, item_id=item_id, was_version=was_version, now_version=now_version, used=used)
    parts = queries.known(by.id) - known
    queries.add_entry(entry)
    if parts:
        queries.absorb(entry, parts)
    queries.add_fields(entry.id, changed)


def remembered(act: str) -> Callable[[Callable[Arguments, Given]], Callable[Arguments, Given]]:
    """The same for a function with the parameters `item` and `by`: `@undoing.remembered("hold")`."""

    def watch(function: Callable[Arguments, Given]) -> Callable[Arguments, Given]:
        named = signature(function)

        @wraps(function)
        def watched(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Given:
            given = named.bind(*args, **kwargs).arguments
            with remembering(given["by"], act, given["item"].answer_id):
                return function(*args, **kwargs)

        return watched

    return watch


def _entry(by: User, act: str, **values: object) -> UndoEntry:
    return UndoEntry(user_id=by.id, act=act, place=1, **values)
