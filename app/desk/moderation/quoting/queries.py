"""Statements about quotes and what they are made from; nobody gets one about a place they have ties to."""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, func, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.models import Statement
from app.desk.moderation.queries import beyond_the_wall
from app.publication.models import Quote
from app.surveys.models import Response, Site

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
MOST = 100
_SITE = func.coalesce(Response.site_code, Statement.site_code)


def statement_of(answer_id: bytes, reader: User) -> AnyRow | None:
    """The statement made from an answer, with what a quote of it must know."""
    return db.connection().execute(_statement(reader).where(Statement.answer_id == answer_id)).first()


def statement(statement_id: bytes, reader: User) -> AnyRow | None:
    """The same by the statement's own id."""
    return db.connection().execute(_statement(reader).where(Statement.id == statement_id)).first()


def quote(quote_id: bytes, reader: User, *, to_change: bool = False) -> Quote | None:
    """One quote within the wall; `to_change` holds others off until the commit."""
    found = _quotes(reader).where(Quote.id == quote_id)
    return db.db.session.scalars(found.with_for_update(of=Quote) if to_change else found).first()


def quotes(states: Collection[str], reader: User) -> Sequence[Quote]:
    """Quotes in these states within the wall, by theme, then in an order that says nothing."""
    found = _quotes(reader).where(Quote.state.in_(states)).order_by(Quote.theme, Quote.id).limit(MOST)
    return db.db.session.scalars(found).all()


def to_sign(reader: User) -> Select[*tuple[bytes]]:
    """Ids of the quotes within the wall that wait for this person's signature, for a count."""
    open_ = (Quote.state == "draft") | ((Quote.state == "first_signed") & (Quote.first_by != reader.id.hex()))
    return _quotes(reader).with_only_columns(Quote.id).where(open_)


def shown() -> Sequence[AnyRow]:
    """Every quote that is shown, with its statement and response where they are still there."""
    found = select(Quote.statement_id, Quote.free_week, Statement.id, Statement.response_id)
    found = found.outerjoin(Statement, Statement.id == Quote.statement_id).where(Quote.state == "released")
    return db.connection().execute(found).all()


def _statement(reader: User) -> Select[*tuple[Any, ...]]:
    found = (
        select(
            Statement.id, Statement.answer_id, Statement.response_id, Statement.text, Statement.lang, Statement.week,
            Site.kind.label("site_kind"), Site.region, Response.quote_ok,
        )
        .outerjoin(Response, Response.id == Statement.response_id)
        .outerjoin(Site, Site.code == _SITE)
    )  # fmt: skip
    return found.where(beyond_the_wall(_SITE, reader))


def _quotes(reader: User) -> Select[Quote]:
    found = select(Quote).outerjoin(Statement, Statement.id == Quote.statement_id)
    found = found.outerjoin(Response, Response.id == Statement.response_id)
    return found.where(beyond_the_wall(_SITE, reader))
