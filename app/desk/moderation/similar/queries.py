"""Statements about texts of nearly the same length and time."""

from collections.abc import Sequence

from sqlalchemy import case, func, or_, select

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
    found = (
        select(
            Statement.id,
            case((Statement.translation.is_(None), Statement.folded), else_=None).label("folded"),
            case((Statement.translation.is_not(None), Statement.text), else_=None).label("text"),
        )
        .where(Statement.week.between(*around))
        .where(func.length(Statement.text).between(int(length * _SHORTER), int(length * _LONGER) + 1))
        .where(func.coalesce(Statement.answer_id, b"") != but_not)
    )
    if reader.site_code is not None:
        found = found.outerjoin(Response, Response.id == Statement.response_id)
        found = found.where(beyond_the_wall(func.coalesce(Response.site_code, Statement.site_code), reader))
    return db.connection().execute(found).all()


def statements(statement_ids: Sequence[bytes], reader: User) -> Sequence[AnyRow]:
    """These statements with their words, within the wall; those of a text that is closed just now are left out."""
    is_open = or_(TextItem.state.is_(None), TextItem.state.in_(states.READABLE))
    found = queries.readable(reader).where(Statement.id.in_(statement_ids), is_open)
    return db.connection().execute(found).all()
