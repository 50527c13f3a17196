"""Statements about acts on many texts: what was written down, carried out, and can be turned round."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
)

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook.queries import guids_through, look_again
from app.desk.moderation.models import Statement, Tagging
from app.desk.moderation.undoing.models import UndoTagging
from app.surveys.models import Response

_TAGGING = ("statement_id", "code_guid", "coder", "round", "source", "codebook_version")


def plan_to_add(
    entry_id: bytes, statement_ids: Collection[bytes], guid: str, coder: bytes, *, source: str, version: int
) -> int:
    """Write down one code for each of these statements that does not have it in the first round; how many."""
    same = Tagging.code_guid.in_(guids_through([guid]))
    has_it = exists().where(Tagging.statement_id == Statement.id, same, Tagging.round == "first")
    chosen = select(
        literal(entry_id), Statement.id, literal(guid), literal(coder), literal("first"), literal(source),
        literal(version), literal(value=True), Statement.answer_id,
    ).where(Statement.id.in_(statement_ids), ~has_it)  # fmt: skip
    return _plan(chosen)


def plan_to_remove(entry_id: bytes, statement_ids: Collection[bytes], guids: Sequence[str]) -> int:
    """Write down every first-round tagging of these codes on these statements; how many."""
    return _plan(_to_remove(entry_id, guids).where(Statement.id.in_(statement_ids)))


def plan_to_remove_beside(entry_id: bytes, guids: Sequence[str]) -> int:
    """The same on the statements that this act gives another code."""
    added = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry_id, UndoTagging.is_added.is_(True))
    return _plan(_to_remove(entry_id, guids).where(Statement.id.in_(added)))


def _to_remove(entry_id: bytes, guids: Sequence[str]) -> Any:
    chosen = (
        select(
            literal(entry_id), Tagging.statement_id, Tagging.code_guid, Tagging.coder, Tagging.round, Tagging.source,
            Tagging.codebook_version, literal(value=False), Statement.answer_id,
        )
        .join(Statement, Statement.id == Tagging.statement_id)
    )  # fmt: skip
    return chosen.where(Tagging.code_guid.in_(guids_through(guids)), Tagging.round == "first")


def count_planned(entry_id: bytes) -> int:
    """On how many statements an act was written down."""
    planned = select(func.count(UndoTagging.statement_id.distinct())).where(UndoTagging.entry_id == entry_id)
    return db.connection().execute(planned).scalar_one()


def _plan(chosen: Any) -> int:
    columns = ["entry_id", *_TAGGING, "is_added", "answer_id"]
    planning = insert(UndoTagging).from_select(columns, chosen)
    planned = db.connection().execute(planning, execution_options={"preserve_rowcount": True}).rowcount
    if not db.is_sqlite():
        # Its plans believe what it last counted, and this table is nearly always empty: every row beside every other.
        db.connection().execute(text("ANALYZE undo_tagging"))
    return planned


def carry_out(entry_id: bytes) -> None:
    """Do what was written down: first take off, then set."""
    _take_off(entry_id, is_added=False)
    _set(entry_id, is_added=True)


def reverse(entry_id: bytes) -> None:
    """Do the opposite of what was written down. Statements that are gone meanwhile stay gone."""
    _take_off(entry_id, is_added=True)
    _set(entry_id, is_added=False)


def is_as_left(entry_id: bytes) -> bool:
    """Whether every tagging of an act on many is still as the act left it, and no text is read again meanwhile."""
    is_there = exists().where(Statement.id == UndoTagging.statement_id)
    is_read_again = and_(~is_there, UndoTagging.answer_id.is_not(None))
    has_it = exists().where(_is_same())
    differs = select(UndoTagging.entry_id).where(
        UndoTagging.entry_id == entry_id,
        or_(
            is_read_again,
            and_(is_there, UndoTagging.is_added, ~has_it),
            and_(is_there, ~UndoTagging.is_added, has_it),
        ),
    )
    return not db.connection().execute(select(differs.exists())).scalar()


def behind_the_wall(entry_id: bytes, reader: User) -> bool:
    """Whether an act on many touched a statement its person may not read any more."""
    if reader.site_code is None:
        return False
    site = func.coalesce(Response.site_code, Statement.site_code)
    hidden = (
        select(UndoTagging.entry_id)
        .join(Statement, Statement.id == UndoTagging.statement_id)
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(UndoTagging.entry_id == entry_id, case((site.is_(None), True), else_=site == reader.site_code))
    )
    return bool(db.connection().execute(select(hidden.exists())).scalar())


def responses_of(entry_id: bytes) -> Sequence[bytes]:
    """The responses an act on many was about, for their receipts."""
    found = (
        select(Statement.response_id)
        .join(UndoTagging, UndoTagging.statement_id == Statement.id)
        .where(UndoTagging.entry_id == entry_id, Statement.response_id.is_not(None))
        .distinct()
    )
    return [bytes(one) for one in db.connection().execute(found).scalars() if one is not None]


def _take_off(entry_id: bytes, *, is_added: bool) -> None:
    same = tuple_(UndoTagging.statement_id, UndoTagging.code_guid, UndoTagging.coder, UndoTagging.round)
    planned = select(*same.clauses).where(UndoTagging.entry_id == entry_id, UndoTagging.is_added.is_(is_added))
    row = tuple_(Tagging.statement_id, Tagging.code_guid, Tagging.coder, Tagging.round)
    look_again(planned.with_only_columns(UndoTagging.statement_id))
    db.connection().execute(delete(Tagging).where(row.in_(planned)))


def _set(entry_id: bytes, *, is_added: bool) -> None:
    planned = select(*(getattr(UndoTagging, name) for name in _TAGGING)).where(
        UndoTagging.entry_id == entry_id,
        UndoTagging.is_added.is_(is_added),
        exists().where(Statement.id == UndoTagging.statement_id),
    )
    db.connection().execute(insert(Tagging).from_select(list(_TAGGING), planned))


def _is_same() -> ColumnElement[bool]:
    return and_(
        Tagging.statement_id == UndoTagging.statement_id,
        Tagging.code_guid == UndoTagging.code_guid,
        Tagging.coder == UndoTagging.coder,
        Tagging.round == UndoTagging.round,
    )
