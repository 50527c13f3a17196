"""Statements about the set that a filter chooses."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.codebook.queries import guids_through
from app.desk.moderation.filters import queries as filters
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.models import Statement, Tagging, TextItem
from app.desk.moderation.queries import AnyRow


def chosen(facets: Facets, guid: str, reader: User, *, most: int) -> Sequence[AnyRow]:
    """(id, voice, has_code) of approved statements with these facets within the wall, in the order of their ids."""
    has_it = Tagging.code_guid.in_(guids_through([guid]))
    has_code = exists().where(Tagging.statement_id == Statement.id, has_it, Tagging.round == "first")
    is_closed = exists().where(TextItem.answer_id == Statement.answer_id, TextItem.state.not_in(states.READABLE))
    found = (
        select(Statement.id, Statement.voice, has_code.label("has_code"))
        .where(Statement.id.in_(filters.ids(facets, reader)), ~is_closed)
        .order_by(Statement.id)
        .limit(most)
    )
    return db.connection().execute(found).all()


def examples(statement_ids: Sequence[bytes], reader: User) -> Sequence[AnyRow]:
    """These statements with their words."""
    found = queries.readable(reader).where(Statement.id.in_(statement_ids))
    return db.connection().execute(found.order_by(Statement.id)).all()
