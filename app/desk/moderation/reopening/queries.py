"""Statements about codes that wait while their text is read again, and about statements written anew in place."""

from collections.abc import Collection

from sqlalchemy import delete, func, insert, literal, or_, select, update

from app.core import db
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.models import Code, Statement, Tagging
from app.desk.moderation.reopening.models import KeptTag


def keep_tags(item_id: bytes, statement_id: bytes) -> None:
    """Lay the codes of a statement aside, who set them and how included."""
    found = select(
        literal(item_id), Tagging.code_guid, Tagging.coder, Tagging.round, Tagging.source, Tagging.codebook_version
    ).where(Tagging.statement_id == statement_id)
    columns = ["item_id", "code_guid", "coder", "round", "source", "codebook_version"]
    db.connection().execute(insert(KeptTag).from_select(columns, found))


def kept_keys(item_id: bytes) -> frozenset[str]:
    """The codes of the first round that wait for this text."""
    read_as = func.coalesce(Redirect.to_guid, KeptTag.code_guid)
    found = select(Code.key).select_from(KeptTag).outerjoin(Redirect, Redirect.from_guid == KeptTag.code_guid)
    found = found.join(Code, Code.guid == read_as).where(KeptTag.item_id == item_id, KeptTag.round == "first")
    return frozenset(db.connection().execute(found).scalars())


def give_back(item_id: bytes, statement_id: bytes, keys: Collection[str]) -> frozenset[str]:
    """Set the codes again that are still wanted, and all of the other rounds; which of the first round came back.

    A code that was retired or split meanwhile is not offered, so nobody could want it: it comes back.
    """
    wanted = select(Code.guid).where(or_(Code.key.in_(keys), Code.state.in_(("retired", "split"))))
    merged = select(Redirect.from_guid).where(Redirect.to_guid.in_(wanted))
    is_wanted = (KeptTag.round != "first") | KeptTag.code_guid.in_(wanted) | KeptTag.code_guid.in_(merged)
    found = select(
        literal(statement_id), KeptTag.code_guid, KeptTag.coder, KeptTag.round, KeptTag.source, KeptTag.codebook_version
    ).where(KeptTag.item_id == item_id, is_wanted)
    columns = ["statement_id", "code_guid", "coder", "round", "source", "codebook_version"]
    back = kept_keys(item_id) & frozenset(keys)
    db.connection().execute(insert(Tagging).from_select(columns, found))
    db.connection().execute(delete(KeptTag).where(KeptTag.item_id == item_id))
    return back


def delete_statement(statement_id: bytes) -> None:
    """The statement goes with all that hangs on it."""
    db.connection().execute(delete(Statement).where(Statement.id == statement_id))


def rewrite(statement_id: bytes, **values: str | bytes | None) -> None:
    """Write words of a statement anew in place: the older wording is not kept, and the search looks at it again."""
    again = update(Statement).where(Statement.id == statement_id).values(**values, in_index=None)
    db.connection().execute(again)
