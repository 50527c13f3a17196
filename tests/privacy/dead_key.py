"""What somebody can do with a stolen copy of the database: while a day key lives, and when it is dead."""

import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask

from app.channels.sms.models import SmsSession
from app.channels.sms.states import Conversation, from_bytes
from app.core import clock as clocks
from app.core import config, db
from app.core.clock import Clock
from app.privacy import boxes, keys, pseudonyms, sealing
from app.privacy.keys import DayKey
from app.privacy.models import SealMonth, Seen
from app.surveys import retention
from app.surveys.models import Answer
from tests.conftest import NOON
from tests.privacy.many_conversations import Crowd

TWO_DAYS_AND_AN_HOUR = 49 * 3600  # seconds
Dump = dict[str, list[tuple[Any, ...]]]
_OF_THE_MACHINE = {"job_lease", SealMonth.__tablename__}
"""Nothing of them comes from a person: when jobs ran, and keys that are made anew each time."""


def stolen_threads() -> Mapping[bytes, bytes]:
    """Open conversations as they lie in the database: id and box."""
    rows = db.connection().execute(sa.select(SmsSession.sid, SmsSession.box)).all()
    return {bytes(row.sid): bytes(row.box) for row in rows}


def stolen_replies() -> Mapping[bytes, bytes]:
    """What was answered, as it lies in the database."""
    return {bytes(row.mid): bytes(row.box) for row in db.connection().execute(sa.select(Seen.mid, Seen.box)).all()}


def threads_found(stolen: Mapping[bytes, bytes], numbers: Iterable[str], keys: Iterable[DayKey]) -> list[str]:
    """Whose conversation is in a stolen copy, found by our own code with these keys."""
    by_sid = {pseudonyms.thread(key, number): number for number in numbers for key in keys}
    return [by_sid[sid] for sid in stolen if sid in by_sid]


def conversation(stolen: Mapping[bytes, bytes], number: str, key: DayKey) -> Conversation:
    """The open conversation of a number, opened by whoever has the key."""
    sid = pseudonyms.thread(key, number)
    return from_bytes(boxes.open_(pseudonyms.draft_key(key, number), stolen[sid], bound_to=sid))


def replies_found(stolen: Mapping[bytes, bytes], message_ids: Iterable[str], keys: Iterable[DayKey]) -> list[str]:
    """Which of the carrier's messages are remembered in a stolen copy."""
    return [one for one in message_ids for key in keys if pseudonyms.message(key, one) in stolen]


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Everything random is drawn from a seed, each function by itself: only what people are may differ in two runs."""
    chances: dict[str, random.Random] = {}

    def draw(size: int) -> bytes:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals["__name__"] in ("random", "secrets"):
            frame = frame.f_back
        who = f"{seed} {frame.f_code.co_filename} {frame.f_code.co_name}"
        return chances.setdefault(who, random.Random(who)).randbytes(size)

    with patch("os.urandom", draw), patch("random._urandom", draw):
        yield


@dataclass
class HeldBack(Clock):
    """A wall clock that somebody holds back while the machine runs on."""

    held: float = 0.0

    def now(self) -> datetime:
        return super().now() - timedelta(seconds=self.held)


def one_key_two_days_later(app: Flask, *, is_wall_held_back: bool) -> bool:
    """Whether this process would still use a day key of two days and an hour ago."""
    app.extensions["clock"] = clock = HeldBack(app.extensions["clock"].moved_by)
    before = {key.secret for key in keys.usable()}
    clock.moved_by += TWO_DAYS_AND_AN_HOUR
    clock.held = TWO_DAYS_AND_AN_HOUR if is_wall_held_back else 0.0
    keys.DayKeys(config.settings().keys_dir).bury(clock.now(), clock.since_boot())
    return bool(before & {key.secret for key in keys.usable()})


def two_days_later() -> None:
    """The hourly forgetting, when the day keys are dead."""
    clocks.clock().moved_by += TWO_DAYS_AND_AN_HOUR
    retention.run(clocks.now())
    db.db.session.commit()


def told(app: Flask, *, numbers: str, people: int) -> set[str]:
    """The same stories, told from numbers of this seed, and two days more; the numbers."""
    clocks.clock().set(NOON)
    crowd = Crowd(app, seed="the same stories", numbers=numbers)
    with drawn_from("the same chance"):
        crowd.speak(people)
        two_days_later()
    return {person.number for person in crowd.people}


def empty() -> None:
    """Take everything away that people said."""
    for table in reversed(db.Model.metadata.sorted_tables):
        if table.info.get("citizen") or table.name in (*_OF_THE_MACHINE, "withdrawal"):
            db.connection().execute(sa.delete(table))
    db.db.session.commit()


def dump() -> Dump:
    """Every row of every table, sealed words opened: all that a database can say."""
    tables = [one for one in db.Model.metadata.sorted_tables if one.name not in _OF_THE_MACHINE]
    rows = {one: db.connection().execute(sa.select(one)).all() for one in tables}
    return {one.name: sorted((_said(one, row) for row in found), key=repr) for one, found in rows.items()}


def _said(table: sa.Table, row: sa.Row[Any]) -> tuple[Any, ...]:
    if table.name != Answer.__tablename__ or row.sealed is None:
        return tuple(row)
    opened = {"sealed": sealing.unseal(row.sealed, answer_id=row.id, month=row.month)}
    return tuple((row._asdict() | opened).values())
