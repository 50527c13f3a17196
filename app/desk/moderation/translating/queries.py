"""Statements about texts that nobody has translated yet."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.surveys.models import Answer, Response

NEEDS = "SPROG"
"""The flag on a text that is not in the language somebody chose."""
OWN = "da"
"""The language of those who read."""


def statements(reader: User, *, lang: str | None, after: tuple[str, bytes] | None, size: int) -> Sequence[AnyRow]:
    """Approved texts without a translation, newest week first; `after` is where the last page ended."""
    found = select(Statement.id, Statement.answer_id, Statement.text, Statement.lang, Statement.week)
    found = found.outerjoin(Response, Response.id == Statement.response_id).where(*_untranslated(reader))
    if lang:
        found = found.where(Statement.lang == lang)
    if after:
        found = found.where(queries.is_older(after))
    return db.connection().execute(found.order_by(*queries.NEWEST_FIRST).limit(size)).all()


def count_by_language(reader: User) -> dict[str, int]:
    """How many texts wait for a translation in each language: approved ones, and those set aside for it."""
    approved = select(Statement.lang, func.count()).outerjoin(Response, Response.id == Statement.response_id)
    approved = approved.where(*_untranslated(reader)).group_by(Statement.lang)
    held = (
        select(Response.lang, func.count())
        .join(Answer, Answer.response_id == Response.id)
        .join(TextItem, TextItem.answer_id == Answer.id)
        .where(TextItem.state == states.HELD, TextItem.reason == "needs_language")
        .where(beyond_the_wall(Response.site_code, reader))
        .group_by(Response.lang)
    )
    counts: dict[str, int] = {}
    for found in (approved, held):
        for lang, number in db.connection().execute(found).all():
            counts[lang] = counts.get(lang, 0) + number
    return dict(sorted(counts.items()))


def _untranslated(reader: User) -> tuple[ColumnElement[bool], ...]:
    flagged = exists().where(
        Tagging.statement_id == Statement.id,
        Tagging.code_guid.in_(select(Code.guid).where(Code.key == NEEDS)),
    )
    site = func.coalesce(Response.site_code, Statement.site_code)
    return (
        Statement.translation.is_(None),
        Statement.answer_id.is_not(None),
        or_(Statement.lang != OWN, flagged),
        beyond_the_wall(site, reader),
    )
