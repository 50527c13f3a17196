"""Gateways that are wrong in one way each, put on in a server under torture. Every one must be caught there."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app

from app.channels.sms import intake, queries, replies, views
from app.channels.sms.exchange import Letter
from app.channels.sms.providers import Inbound
from app.channels.sms.queries import Known
from app.channels.sms.replies import Reply, Way
from app.channels.sms.writes import Writes
from app.core import clock
from app.core.db import QueuedConnection, db
from app.privacy import keys, pseudonyms
from app.privacy.keys import DayKey
from app.privacy.queries import CLAIM


def commit_after_answering() -> None:
    """Answer first, store a moment later: fast, until the process dies in between."""

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        reply = intake.take(Letter(message, way), keys.usable(), clock.now())
        db.session.rollback()
        threading.Timer(3, _store, (current_app._get_current_object(), message)).start()  # type: ignore[attr-defined]
        return reply

    views.taken = taken


def _store(app: Flask, message: Inbound) -> None:
    with app.app_context():
        intake.take(Letter(message), keys.usable(), clock.now())
        db.session.commit()


def seen_in_a_second_transaction() -> None:
    """The answer is committed, and the claim afterwards."""

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        claims: list[Mapping[str, Any]] = []
        Writes.claim = lambda self, mid, epoch, box: claims.append({"mid": mid, "epoch": epoch, "box": box})  # type: ignore[method-assign]
        reply = intake.take(Letter(message, way), keys.usable(), clock.now())
        db.session.commit()
        CLAIM.run(claims)
        db.session.commit()
        return reply

    views.taken = taken


def check_then_insert_without_the_key() -> None:
    """Look whether it came before, then store it, in two steps that another delivery fits between."""
    look, keep = queries.look, queries.keep

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        found = replies.known(message.id, keys.usable())
        db.session.rollback()
        if found:
            return found
        time.sleep(0.02)
        reply = intake.take(Letter(message, way), keys.usable(), clock.now())
        db.session.commit()
        return reply

    queries.look = lambda mids, *rest: _without(look(mids, *rest), mids)
    queries.keep = lambda rows: keep(rows) and {name: len(some) for name, some in rows.items()}
    views.taken = taken


def _without(known: Known, mids: Sequence[bytes]) -> Known:
    return known._replace(boxes={key: box for key, box in known.boxes.items() if key not in mids})


def deferred_begin() -> None:
    """A BEGIN that reads first and turns into a write only when it writes: SQLite refuses the second one at once."""

    def begin_writing(self: QueuedConnection) -> None:
        self.execute("BEGIN")
        self.execute("SELECT count(*) FROM seen").fetchone()
        time.sleep(0.01)  # long enough for the other process to write

    QueuedConnection.begin_writing = begin_writing  # type: ignore[method-assign]


def state_written_as_if_unread() -> None:
    """Two texts of one person read the same state, and neither is told that the other was first."""
    look, keep = queries.look, queries.keep

    def looking(*given: Any) -> Known:
        found = look(*given)
        time.sleep(0.02)  # long enough for the other text to read the same
        return found

    def keeping(rows: Mapping[str, Sequence[Any]]) -> dict[str, int]:
        return keep(rows) | {name: len(rows[name]) for name in ("opened", "saved", "ended")}

    queries.look, queries.keep = looking, keeping


def number_in_clear() -> None:
    """The thread row holds the number for as long as the conversation lives."""

    def thread(key: DayKey, number: str) -> bytes:
        return number.encode().ljust(32, b"\0")

    pseudonyms.thread = thread


WRONG: Sequence[Callable[[], None]] = (
    commit_after_answering, seen_in_a_second_transaction, check_then_insert_without_the_key, deferred_begin,
    state_written_as_if_unread, number_in_clear,
)  # fmt: skip


def apply(name: str) -> None:
    """Put the mutant of this name on; an empty name is the right gateway."""
    if name:
        next(wrong for wrong in WRONG if wrong.__name__ == name)()
