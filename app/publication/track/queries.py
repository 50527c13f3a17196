"""Statements about the public copy of the track."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core import db
from app.publication.track.models import ChangeRate, TrackEntry, TrackLink


def entry(code: str) -> TrackEntry | None:
    """One object, whatever it is."""
    return db.db.session.get(TrackEntry, code)


def entries(kind: str | None) -> Sequence[TrackEntry]:
    """Objects of a kind or all of them, with their links, what came first first."""
    found = select(TrackEntry).order_by(TrackEntry.first_on, TrackEntry.code)
    return db.db.session.scalars(found if kind is None else found.where(TrackEntry.kind == kind)).all()


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
