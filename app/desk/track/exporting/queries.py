"""Statements about what was taken out, and what microdata are made of."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, select

from app.core import db
from app.desk.accounts.models import Audit
from app.publication.models import CountedMonth
from app.surveys.models import Site


def taken_out(acts: Sequence[str], limit: int) -> Sequence[Audit]:
    """The newest rows of the audit trail about exports."""
    found = select(Audit).where(Audit.act.in_(acts)).order_by(Audit.seq.desc()).limit(limit)
    return db.db.session.scalars(found).all()


def sites() -> Mapping[str, tuple[str, str]]:
    """Code → kind and region key of every site."""
    rows: Sequence[Row[str, str, str]] = db.connection().execute(select(Site.code, Site.kind, Site.region)).all()
    return {code: (kind, region) for code, kind, region in rows}


def months_with_themes() -> frozenset[str]:
    """The months that are counted for good and whose small numbers are still there."""
    found = select(CountedMonth.month).where(CountedMonth.has_themes.is_(True), CountedMonth.destroyed_on.is_(None))
    return frozenset(db.connection().execute(found).scalars())
