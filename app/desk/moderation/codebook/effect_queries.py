"""Statements that say beforehand what a change of the codebook would touch: texts and voices, within the wall."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook.queries import is_counted
from app.desk.moderation.models import Statement, Tagging
from app.desk.moderation.queries import beyond_the_wall
from app.surveys.models import Response


def having(guids: Sequence[str]) -> ColumnElement[bool]:
    """Statements that have one of these codes in the counted round."""
    return Statement.id.in_(select(Tagging.statement_id).where(Tagging.code_guid.in_(guids), is_counted()))


def count(which: ColumnElement[bool], reader: User) -> tuple[int, int]:
    """(statements, voices) of these, within the reader's wall."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    found = (
        select(func.count(Statement.id), func.count(Statement.voice.distinct()))
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(which, beyond_the_wall(site, reader))
    )
    statements, voices = db.connection().execute(found).one()
    return statements, voices
