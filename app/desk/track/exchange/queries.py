"""Statements about the numbers Decidim gave."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core import db
from app.desk.track.exchange.models import DecidimLink


def links() -> Sequence[DecidimLink]:
    """Every number we know, by code."""
    return db.db.session.scalars(select(DecidimLink).order_by(DecidimLink.code)).all()


def keep(link: DecidimLink) -> None:
    """Keep this number, in place of an earlier one."""
    db.db.session.merge(link)
