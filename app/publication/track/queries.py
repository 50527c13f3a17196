"""Statements about the public copy of the track."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core import db
from app.publication.track.models import ChangeRate, TrackEntry, TrackLink


def entry(code: str) -> TrackEntry | None:
    """One object, whatever it is."""
    return db.db.session.get(TrackEntry, code)


def stamps() -> tuple[int, int]:
    """How many objects there are and the sum of their stamps: the same only while nothing has changed."""
    found = db.connection().execute(select(func.count(), func.sum(TrackEntry.stamp))).one()
    return found[0], int(found[1] or 0)


def entries() -> Sequence[TrackEntry]:
    """Every object with its links, what came first first."""
    found = select(TrackEntry).order_by(TrackEntry.first_on, TrackEntry.code)
    return db.db.session.scalars(found).all()


def links_to(code: str) -> Sequence[TrackLink]:
    """The links of others that end at this object."""
    found = select(TrackLink).where(TrackLink.target == code).order_by(TrackLink.relation, TrackLink.code)
    return db.db.session.scalars(found).all()


def rates() -> Sequence[ChangeRate]:
    """Every half-year that was counted, newest first."""
    return db.db.session.scalars(select(ChangeRate).order_by(ChangeRate.period.desc())).all()


def rate(period: str) -> ChangeRate | None:
    """One half-year, once it is counted."""
    return db.db.session.get(ChangeRate, period)
