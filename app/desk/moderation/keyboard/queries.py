"""Statements about people's keys and the codes they used last."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core import db
from app.desk.moderation.keyboard.models import Keyboard


def of(user_id: bytes) -> Keyboard | None:
    """What a person changed, if anything."""
    return db.db.session.scalars(select(Keyboard).where(Keyboard.user_id == user_id)).first()


def save(user_id: bytes, *, is_off: bool, keys: Mapping[str, str]) -> None:
    """The keys of a person from now on."""
    row = _row(user_id)
    row.is_off, row.keys = is_off, dict(keys)
    db.db.session.flush()


def remember(user_id: bytes, recent: Sequence[str]) -> None:
    """The codes a person used last."""
    _row(user_id).recent = list(recent)
    db.db.session.flush()


def _row(user_id: bytes) -> Keyboard:
    found = of(user_id)
    if found is None:
        found = Keyboard(user_id=user_id, is_off=False, keys={}, recent=[])
        db.db.session.add(found)
    return found
