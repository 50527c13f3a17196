"""Statements about searching: one set of conditions on both databases, and the index that makes them fast.

PostgreSQL keeps its trigram index (`ix_statement_folded`) itself. SQLite's lies in a table of its own,
`statement_search`, which the night writes anew: what was approved or changed since is looked through one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, column, func, insert, literal, or_, select, table, text, update

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries
from app.desk.moderation.filters import queries as filters
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.memos import queries as memos
from app.desk.moderation.models import Statement
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.searching.wanted import Wanted

Place = tuple[str, bytes]
"""Week and id: where a statement stands, newest week first."""
COMMON = 3000
"""Hits from which on it is faster to go through the weeks, newest first, than to gather all hits and sort them."""
COLUMNS = "folded, statement_id UNINDEXED, tokenize='trigram'"
INDEX, NEXT_INDEX = "statement_search", "statement_search_next"
_INDEX = table(INDEX, column("statement_id"))
_CHUNK = 2000
"""Statements that are indexed in one transaction: texts that come meanwhile wait for no more."""


def statements(wanted: Wanted, facets: Facets, reader: User, *, after: Place | None, size: int) -> Sequence[AnyRow]:
    """Readable statements that have it, within the wall and the filter, newest week first."""
    found = filters.narrowed(queries.readable(reader), facets).where(*_has(wanted))
    if (match := _match(wanted)) and not _is_common(match):
        hits = select(_INDEX.c.statement_id.label("id")).where(text("statement_search MATCH :match"))
        new = select(Statement.id).where(Statement.in_index.is_(None))
        found = found.where(Statement.id.in_(hits.union_all(new))).params(match=match)
        # Not the bare column: SQLite would go through the weeks, and shall begin with the hits.
        order: tuple[Any, ...] = (func.likely(Statement.week).desc(), Statement.id.desc())
    else:
        order = queries.NEWEST_FIRST
    if after:
        week, statement_id = after
        found = found.where(or_(Statement.week < week, and_(Statement.week == week, Statement.id < statement_id)))
    return db.connection().execute(found.order_by(*order).limit(size)).all()


def memos_on_texts(reader: User) -> Iterator[AnyRow]:
    """Every memo on what somebody said, within the wall."""
    after: bytes | None = None
    while rows := memos.on_texts(reader, after=after, size=500):
        yield from rows
        after = rows[-1].id


def _has(wanted: Wanted) -> list[ColumnElement[bool]]:
    there = [Statement.folded.contains(part, autoescape=True) for part in wanted.there]
    return there + [~Statement.folded.contains(part, autoescape=True) for part in wanted.not_there]


def _match(wanted: Wanted) -> str:
    """The question to SQLite's index; '' where it cannot help."""
    quoted = ('"' + part.replace('"', '""') + '"' for part in wanted.indexed)
    return " AND ".join(quoted) if db.is_sqlite() else ""


def _is_common(match: str) -> bool:
    hits = select(literal(1)).select_from(_INDEX).where(text("statement_search MATCH :match")).limit(COMMON)
    counted = select(func.count()).select_from(hits.subquery())
    return db.connection().execute(counted, {"match": match}).scalar_one() >= COMMON


def begin_index() -> None:
    """An empty index beside the one in use; one that was left half-way goes."""
    connection = db.connection()
    connection.execute(text(f"DROP TABLE IF EXISTS {NEXT_INDEX}"))
    connection.execute(text(f"CREATE VIRTUAL TABLE {NEXT_INDEX} USING fts5({COLUMNS})"))


def add_to_index(after: bytes) -> Sequence[AnyRow]:
    """Index the next statements in the order of their random ids; (id, folded, in_index) of each, [] at the end."""
    found = select(Statement.id, Statement.folded, Statement.in_index).where(Statement.id > after)
    rows = db.connection().execute(found.order_by(Statement.id).limit(_CHUNK)).all()
    if rows:
        index = table(NEXT_INDEX, *map(column, ("rowid", "folded", "statement_id")))
        values = [{"rowid": _rowid(row.id), "folded": row.folded, "statement_id": row.id} for row in rows]
        db.connection().execute(insert(index), values)
    return rows


def end_index(indexed: Iterable[tuple[bytes, str]]) -> None:
    """The new index takes the old one's place; statements it holds as they are now need no looking through."""
    connection = db.connection()
    connection.execute(text(f"DROP TABLE {INDEX}"))
    connection.execute(text(f"ALTER TABLE {NEXT_INDEX} RENAME TO {INDEX}"))
    of = Statement.__table__.c
    same = update(Statement).where(of.id == bindparam("one"), of.folded == bindparam("as_indexed"))
    if values := [{"one": statement_id, "as_indexed": folded} for statement_id, folded in indexed]:
        connection.execute(same.values(in_index=True), values)


def _rowid(statement_id: bytes) -> int:
    """63 bits of the random id: the index knows no order of arrival."""
    return int.from_bytes(statement_id[:8], "big") >> 1
