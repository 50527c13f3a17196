"""Gateways that are wrong in one way each, put on in a server under torture. Every one must be caught there."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import Flask, current_app

from app.channels.sms import intake, queries, replies, views
from app.channels.sms.providers import Inbound
from app.channels.sms.queries import Found
from app.channels.sms.replies import Reply, TakenMeanwhile, Way
from app.core import clock
from app.core.db import QueuedConnection, db
from app.privacy import keys, pseudonyms
from app.privacy.keys import DayKey


def commit_after_answering() -> None:
    """Answer first, store a moment later: fast, until the process dies in between."""

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.rollback()
        threading.Timer(0.3, _store, (current_app._get_current_object(), message)).start()  # type: ignore[attr-defined]
        return reply

    views.taken = taken


def _store(app: Flask, message: Inbound) -> None:
    with app.app_context():
        intake.take(message, keys.usable(), clock.now())
        db.session.commit()


def seen_in_a_second_transaction() -> None:
    """The answer is committed, and the claim afterwards."""
    remember = replies.remember

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
        with suppress(TakenMeanwhile):
            remember(message.id, keys.usable()[0], reply)
        db.session.commit()
        return reply

    replies.remember = lambda message_id, key, reply: None
    views.taken = taken


def check_then_insert_without_the_key() -> None:
    """Look whether it came before, then store it, in two steps that another delivery fits between."""
    known, remember, look = replies.known, replies.remember, queries.look

    def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
        found = known(message.id, keys.usable())
        db.session.rollback()
        if found:
            return found
        time.sleep(0.02)
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
        return reply

    def remember_the_first(message_id: str, key: DayKey, reply: Reply) -> None:
        with suppress(TakenMeanwhile):
            remember(message_id, key, reply)

    queries.look = lambda *given: replace(look(*given), seen=None)
    replies.remember = remember_the_first
    views.taken = taken


def deferred_begin() -> None:
    """A BEGIN that turns into a write only when it writes: SQLite refuses the second one at once."""

    def begin_writing(self: QueuedConnection) -> None:
        self.execute("BEGIN")

    QueuedConnection.begin_writing = begin_writing  # type: ignore[method-assign]


def no_turn_of_a_telephone() -> None:
    """Two texts of one person read the same state (PostgreSQL; SQLite has one writer anyway)."""
    look = queries.look

    def looking(*given: Any) -> Found:
        found = look(*given)
        time.sleep(0.02)  # long enough for the other text to read the same
        return found

    queries.wait_for_turn = lambda lock: None
    queries.look = looking


def number_in_clear() -> None:
    """The thread row holds the number for as long as the conversation lives."""

    def thread(key: DayKey, number: str) -> bytes:
        return number.encode().ljust(32, b"\0")

    pseudonyms.thread = thread


WRONG: Sequence[Callable[[], None]] = (
    commit_after_answering, seen_in_a_second_transaction, check_then_insert_without_the_key, deferred_begin,
    no_turn_of_a_telephone, number_in_clear,
)  # fmt: skip


def apply(name: str) -> None:
    """Put the mutant of this name on; an empty name is the right gateway."""
    if name:
        next(wrong for wrong in WRONG if wrong.__name__ == name)()
