"""Statements about phases and the promises that were moved."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.core.db import db
from app.desk.track.phases.models import MovedDate, Phase


def phase(key: str, *, to_change: bool = False) -> Phase | None:
    """One phase; `to_change` holds others off until the commit."""
    return db.session.get(Phase, key, with_for_update=to_change or None)


def phases() -> Sequence[Phase]:
    """Every phase, in their order."""
    return db.session.scalars(select(Phase).order_by(Phase.position, Phase.key)).all()


def covering(day: date) -> Phase | None:
    """The phase we listen in on this day; one that was cancelled covers nothing."""
    found = select(Phase).where(Phase.opens_on <= day, Phase.closes_on >= day, Phase.state != "cancelled")
    return db.session.scalars(found.order_by(Phase.position).limit(1)).first()


def moved_dates(key: str) -> Sequence[MovedDate]:
    """The promises of a phase that were moved, in order."""
    found = select(MovedDate).where(MovedDate.phase_key == key).order_by(MovedDate.number)
    return db.session.scalars(found).all()


def next_move(key: str) -> int:
    """The number after the last move of a date."""
    last = db.session.scalar(select(func.max(MovedDate.number)).where(MovedDate.phase_key == key))
    return (last or 0) + 1
