"""Statements about saved filters, and about approved statements by facets."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries
from app.desk.moderation.filters.facets import NO_THEME, Facets
from app.desk.moderation.filters.models import SavedFilter
from app.desk.moderation.models import Statement, TextItem
from app.desk.moderation.queries import AnyRow, AnySelect
from app.surveys.models import Response, Site

Place = tuple[str, bytes]
"""Week and id: where a statement stands, newest week first."""


def narrowed(found: AnySelect, facets: Facets, *, untagged: bool = False) -> AnySelect:
    """Only statements with these facets; `found` comes from `queries.readable`."""
    wanted = {Site.kind: facets.kind, Response.channel: facets.channel, Statement.lang: facets.spoken}
    found = found.where(*(column == value for column, value in wanted.items() if value))
    if facets.since:
        found = found.where(Statement.week >= facets.since)
    if facets.until:
        found = found.where(Statement.week <= facets.until)
    if untagged or facets.code == NO_THEME:
        found = queries.narrowed(found, untagged=True)
    before_reading = {"AKUT": TextItem.is_urgent.is_(True), "VARSEL": TextItem.is_alert.is_(True)}
    for key in (facets.code, facets.type, facets.flag):
        if key in before_reading:
            found = found.where(before_reading[key])
        elif key and key != NO_THEME:
            found = queries.narrowed(found, theme=key)
    return found


def ids(facets: Facets, reader: User, *, untagged: bool = False) -> AnySelect:
    """The ids of the statements with these facets, within the wall."""
    found = narrowed(queries.readable(reader), facets, untagged=untagged)
    return found.with_only_columns(Statement.id, maintain_column_froms=True)


def statements(
    facets: Facets, reader: User, *, untagged: bool = False, after: Place | None = None, size: int
) -> Sequence[AnyRow]:
    """Statements with these facets, newest week first; `after` is where the last page ended."""
    found = narrowed(queries.readable(reader), facets, untagged=untagged)
    if after:
        found = found.where(queries.is_older(after))
    return db.connection().execute(found.order_by(*queries.NEWEST_FIRST).limit(size)).all()


def statement_after(facets: Facets, reader: User, place: Place, *, untagged: bool = False) -> bytes | None:
    """The answer whose statement stands after this place; those without an answer any more have no page."""
    found = narrowed(queries.readable(reader), facets, untagged=untagged).where(Statement.answer_id.is_not(None))
    found = found.where(queries.is_older(place))
    row = db.connection().execute(found.order_by(*queries.NEWEST_FIRST).limit(1)).first()
    return row.answer_id if row else None


def statement_before(facets: Facets, reader: User, place: Place, *, untagged: bool = False) -> bytes | None:
    """The answer whose statement stands before this place."""
    found = narrowed(queries.readable(reader), facets, untagged=untagged)
    found = found.where(queries.is_newer(place))
    found = found.where(Statement.answer_id.is_not(None)).order_by(Statement.week, Statement.id).limit(1)
    row = db.connection().execute(found).first()
    return row.answer_id if row else None


def saved(user_id: bytes) -> Sequence[SavedFilter]:
    """A person's filters and those shared with all, by name."""
    found = select(SavedFilter).where(or_(SavedFilter.user_id == user_id, SavedFilter.is_shared.is_(True)))
    return db.db.session.scalars(found.order_by(SavedFilter.name, SavedFilter.id)).all()


def save(user_id: bytes, name: str, facets: Mapping[str, str], *, is_shared: bool) -> None:
    """Keep a filter; under the same name it takes the place of the person's one before."""
    forget(SavedFilter.user_id == user_id, SavedFilter.name == name)
    db.db.session.add(SavedFilter(user_id=user_id, name=name, is_shared=is_shared, facets=dict(facets)))
    db.db.session.flush()


def forget(*conditions: ColumnElement[bool]) -> None:
    """Take filters away."""
    db.connection().execute(delete(SavedFilter).where(*conditions))


def forget_own(user_id: bytes, filter_id: bytes) -> None:
    """Take a person's own filter away."""
    forget(SavedFilter.user_id == user_id, SavedFilter.id == filter_id)
