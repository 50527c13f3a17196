"""Statements about what waits for a second administrator."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.core import db
from app.desk.accounts.granting.models import Wish


def wish_for(user_id: bytes) -> Wish | None:
    """What waits for this person."""
    return db.db.session.get(Wish, user_id)


def wishes() -> Sequence[Wish]:
    """Everything that waits, the oldest first."""
    return db.db.session.scalars(select(Wish).order_by(Wish.asked_on, Wish.user_id)).all()


def delete_wishes_for(user_id: bytes) -> None:
    """Nothing waits for this person any more."""
    db.connection().execute(delete(Wish).where(Wish.user_id == user_id))


def delete_wishes_of(user_id: bytes) -> None:
    """What waits for this person, and what the person asked for others."""
    delete_wishes_for(user_id)
    db.connection().execute(delete(Wish).where(Wish.asked_by == user_id))
