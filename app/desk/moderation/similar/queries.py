"""Statements about texts of nearly the same length and time."""

from collections.abc import Sequence

from sqlalchemy import case, exists, func, select

from app.core import db, weeks
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.models import Statement, TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.surveys.models import Response

WEEKS = 8
_SHORTER, _LONGER = 0.7, 1.45
"""Two texts that are 85 % alike differ less in length; a chain of them may reach a little further."""


def near(week: str, length: int, reader: User, *, but_not: bytes) -> Sequence[AnyRow]:
    """(id, folded) of approved statements within 8 weeks and of nearly this length; where a translation
    is folded in too, (id, None, text)."""
    around = weeks.around(week, WEEKS)
    is_closed = exists().where(TextItem.answer_id == Statement.answer_id, TextItem.state.not_in(states.READABLE))
    found = (
        select(
            Statement.id,
            case((Statement.translation.is_(None), Statement.folded), else_=None).label("folded"),
            case((Statement.translation.is_not(None), Statement.text), else_=None).label("text"),
        )
        .where(Statement.week.between(*around), ~is_closed)
        .where(func.length(Statement.text).between(int(length * _SHORTER), int(length * _LONGER) + 1))
        .where(func.coalesce(Statement.answer_id, b"") != but_not)
    )
    if reader.site_code is not None:
        found = found.outerjoin(Response, Response.id == Statement.response_id)
        found = found.where(beyond_the_wall(func.coalesce(Response.site_code, Statement.site_code), reader))
    return db.connection().execute(found).all()


def statements(statement_ids: Sequence[bytes], reader: User) -> Sequence[AnyRow]:
    """These statements with their words, within the wall."""
    return db.connection().execute(queries.readable(reader).where(Statement.id.in_(statement_ids))).all()
