"""Statements about the work list of a split: what is still to be sorted, and what becomes of a text's codes."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook.models import SplitStay
from app.desk.moderation.codebook.queries import guids_through, insert_or_ignore, look_again
from app.desk.moderation.models import Statement, Tagging
from app.desk.moderation.queries import AnyRow, AnySelect, beyond_the_wall
from app.surveys.models import Response, Site

_SITE = func.coalesce(Response.site_code, Statement.site_code)


def to_sort(guid: str, reader: User, *, after: bytes | None, size: int) -> Sequence[AnyRow]:
    """Statements with this code that nobody has sorted, within the wall, by random id."""
    columns = (
        Statement.id, Statement.answer_id, Statement.response_id, Statement.text, Statement.lang, Statement.week,
        Site.kind.label("site_kind"),
    )  # fmt: skip
    found = _left(select(*columns), guid).outerjoin(Response, Response.id == Statement.response_id)
    found = found.outerjoin(Site, Site.code == _SITE).where(beyond_the_wall(_SITE, reader))
    if after is not None:
        found = found.where(Statement.id > after)
    return db.connection().execute(found.order_by(Statement.id).limit(size)).all()


def count_left(guid: str) -> int:
    """How many are still to be sorted, by anybody."""
    found: int = db.connection().execute(_left(select(func.count(Statement.id)), guid)).scalar_one()
    return found


def count_left_for(guid: str, reader: User) -> int:
    """How many of them this person may read."""
    found = _left(select(func.count(Statement.id)), guid).outerjoin(Response, Response.id == Statement.response_id)
    counted: int = db.connection().execute(found.where(beyond_the_wall(_SITE, reader))).scalar_one()
    return counted


def is_to_sort(statement_id: bytes, guid: str, reader: User) -> AnyRow | None:
    """This statement, if it stands on the list and this person may read it."""
    found = _left(select(Statement.id, Statement.answer_id, Statement.response_id), guid)
    found = found.outerjoin(Response, Response.id == Statement.response_id)
    return db.connection().execute(found.where(Statement.id == statement_id, beyond_the_wall(_SITE, reader))).first()


def rounds_of(statement_id: bytes, guid: str) -> Sequence[str]:
    """The rounds in which a statement has a code."""
    found = select(Tagging.round).where(
        Tagging.statement_id == statement_id, Tagging.code_guid.in_(guids_through([guid]))
    )
    return db.connection().execute(found.distinct()).scalars().all()


def take_off(statement_id: bytes, guid: str) -> None:
    """Take a code off a statement, in every round."""
    look_again([statement_id])
    gone = delete(Tagging).where(Tagging.statement_id == statement_id, Tagging.code_guid.in_(guids_through([guid])))
    db.connection().execute(gone)


def let_stay(statement_id: bytes, guid: str, by: User) -> None:
    """Remember that a statement keeps the code; the same twice is one."""
    row = {"statement_id": statement_id, "code_guid": guid, "decided_by": by.id}
    db.connection().execute(insert_or_ignore(SplitStay), row)


def forget_stays(guid: str) -> None:
    """A new split asks about every statement again."""
    db.connection().execute(delete(SplitStay).where(SplitStay.code_guid == guid))


def has_stays(guids: Sequence[str]) -> bool:
    """Whether somebody has sorted a statement of these codes to stay."""
    found = select(SplitStay.code_guid).where(SplitStay.code_guid.in_(guids)).limit(1)
    return db.connection().execute(found).first() is not None


def _left(found: AnySelect, guid: str) -> AnySelect:
    has_it = exists().where(Tagging.statement_id == Statement.id, Tagging.code_guid.in_(guids_through([guid])))
    stays = exists().where(SplitStay.statement_id == Statement.id, SplitStay.code_guid == guid)
    return found.where(has_it, ~stays)
