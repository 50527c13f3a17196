"""Statements of the SMS channel; built once, because every text runs through them."""

from collections.abc import Sequence

from sqlalchemy import Row, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from app.channels.sms.models import SmsMeter, SmsSession
from app.core import db

_LOAD = select(SmsSession.sid, SmsSession.epoch, SmsSession.box).where(
    SmsSession.sid.in_(bindparam("sids", expanding=True))
)
_ADD = insert(SmsSession)
_SAVE = update(SmsSession).where(SmsSession.sid == bindparam("which")).values(box=bindparam("new_box"))
_END = delete(SmsSession).where(SmsSession.sid == bindparam("which"))
_TURN = text("SELECT pg_advisory_xact_lock(:lock)")
_KEY = ["epoch", "cell"]
_COUNT_SQLITE, _COUNT_POSTGRESQL = (
    dialect.insert(SmsMeter)
    .values(n=1)
    .on_conflict_do_update(index_elements=_KEY, set_={"n": SmsMeter.n + 1})
    .returning(SmsMeter.n)
    for dialect in (sqlite, postgresql)
)


def wait_for_turn(lock: int) -> None:
    """One text of a telephone at a time. SQLite has one writer at a time anyway."""
    if not db.is_sqlite():
        db.connection().execute(_TURN, {"lock": lock})


def load(sids: Sequence[bytes]) -> Row[bytes, int, bytes] | None:
    """The open conversation under one of these ids."""
    return db.connection().execute(_LOAD, {"sids": sids}).first()


def add(sid: bytes, epoch: int, box: bytes) -> None:
    """Open a conversation."""
    db.connection().execute(_ADD, {"sid": sid, "epoch": epoch, "box": box})


def save(sid: bytes, box: bytes) -> None:
    """Keep the new state of a conversation."""
    db.connection().execute(_SAVE, {"which": sid, "new_box": box})


def end(sid: bytes) -> None:
    """Forget a conversation."""
    db.connection().execute(_END, {"which": sid})


def count(epoch: int, cell: int) -> int:
    """Count one more in this cell today; how many there are now."""
    statement = _COUNT_SQLITE if db.is_sqlite() else _COUNT_POSTGRESQL
    counted: int = db.connection().execute(statement, {"epoch": epoch, "cell": cell}).scalar_one()
    return counted


def open_conversations() -> int:
    """How many conversations are open."""
    return db.connection().execute(select(func.count()).select_from(SmsSession)).scalar_one()
