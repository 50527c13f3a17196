"""Statements about what waits for a second administrator."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from app.core import db
from app.desk.accounts import queries as people
from app.desk.accounts.granting.models import Wish
from app.desk.accounts.models import User


def wish_for(user_id: bytes) -> Wish | None:
    """What waits for this person."""
    return db.db.session.get(Wish, user_id)


def wishes() -> Sequence[Wish]:
    """Everything that waits, the oldest first."""
    return db.db.session.scalars(select(Wish).order_by(Wish.asked_on, Wish.user_id)).all()


def waiting_with(user_id: bytes) -> Sequence[User]:
    """For whom something waits that this person asked for, and this person if something does; held."""
    found = select(User).join(Wish, Wish.user_id == User.id).where(_touches(user_id))
    return db.db.session.scalars(people.held(found)).all()


def delete_wish_for(user_id: bytes) -> bool:
    """Nothing waits for this person any more; False if nothing did, also after a request at once."""
    return db.connection().execute(delete(Wish).where(Wish.user_id == user_id)).rowcount == 1


def delete_wishes_of(user_id: bytes) -> None:
    """What waits for this person, and what the person asked for others."""
    db.connection().execute(delete(Wish).where(_touches(user_id)))


def _touches(user_id: bytes) -> ColumnElement[bool]:
    return or_(Wish.user_id == user_id, Wish.asked_by == user_id)
