"""Statements that working exports are made of, within the wall, a few thousand at a time."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.codebook.queries import READ_AS
from app.desk.moderation.memos.models import CodeMemo, Memo
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.surveys.models import Answer, Response, Site

NEVER = ("AKUT", "VARSEL", "PII", "ANSAT", "TREDJE", "SPROG")
"""Flags say something about a person or the work on a text. Only INTET, 'no theme fits', is a finding."""
_SITE = func.coalesce(Response.site_code, Statement.site_code)


def statements(reader: User, weeks: Collection[str], *, after: bytes | None, size: int) -> Sequence[Any]:
    """Statements in the order of their random ids, from behind `after`."""
    found = (
        select(
            Statement.id, Statement.response_id, Statement.voice, Statement.text, Statement.translation, Statement.lang,
            Statement.week, _SITE.label("site_code"), Response.channel, Response.survey_id, Response.version,
        )
        .outerjoin(Response, Response.id == Statement.response_id)
        .outerjoin(TextItem, TextItem.answer_id == Statement.answer_id)
        .where(*_readable(reader, weeks))
        .order_by(Statement.id)
        .limit(size)
    )  # fmt: skip
    return db.connection().execute(found if after is None else found.where(Statement.id > after)).all()


def count_statements(reader: User, weeks: Collection[str]) -> int:
    """How many those are."""
    found = (
        select(func.count())
        .select_from(Statement)
        .outerjoin(Response, Response.id == Statement.response_id)
        .outerjoin(TextItem, TextItem.answer_id == Statement.answer_id)
        .where(*_readable(reader, weeks))
    )
    return db.connection().execute(found).scalar_one()


def codings(first: bytes, last: bytes) -> Sequence[Row[bytes, str, bytes, str, str, str]]:
    """(statement, round, coder, guid, key, kind) of all rounds, for the statements from `first` to `last`."""
    found = (
        select(Tagging.statement_id, Tagging.round, Tagging.coder, Code.guid, Code.key, Code.kind)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .where(Tagging.statement_id.between(first, last), Code.key.not_in(NEVER))
        .distinct()
        .order_by(Tagging.statement_id, Tagging.round, Tagging.coder, Code.key)
    )
    return db.connection().execute(found).all()


def memos(first: bytes, last: bytes) -> Sequence[Row[bytes, str]]:
    """(statement, memo) on the statements from `first` to `last` and on the texts they were made from."""
    on = or_(Memo.statement_id == Statement.id, Memo.item_id == Statement.answer_id)
    found = select(Statement.id, Memo.text).join(Memo, on).where(Statement.id.between(first, last))
    return db.connection().execute(found.order_by(Statement.id, Memo.id)).all()


def code_memos() -> Sequence[Row[str, str]]:
    """(guid, memo) on codes; those on a merged code go with the one it went into."""
    guid = func.coalesce(Redirect.to_guid, CodeMemo.code_guid)
    found = select(guid, CodeMemo.text).outerjoin(Redirect, Redirect.from_guid == CodeMemo.code_guid)
    return db.connection().execute(found.order_by(guid, CodeMemo.id)).all()


def values(response_ids: Collection[bytes], questions: Collection[str]) -> Sequence[Row[bytes, str, str | None]]:
    """(response, question, value) of chosen answers to these questions."""
    found = select(Answer.response_id, Answer.question, Answer.value).where(
        Answer.response_id.in_(response_ids), Answer.question.in_(questions), Answer.kind == "value"
    )
    return db.connection().execute(found).all()


def weeks_with_statements() -> tuple[str, str] | None:
    """The first and the last week of any statement."""
    first, last = db.connection().execute(select(func.min(Statement.week), func.max(Statement.week))).one()
    return None if first is None else (first, last)


def responses(weeks: Collection[str]) -> Sequence[Row[str, str | None, str, int]]:
    """(week, site, channel, how many) of everything people answered in these weeks."""
    counted = select(Response.week, Response.site_code, Response.channel, func.count())
    counted = counted.where(Response.week.in_(weeks), Response.is_released.is_(True), Response.is_test.is_(False))
    return db.connection().execute(counted.group_by(Response.week, Response.site_code, Response.channel)).all()


def sites() -> Sequence[Row[str, str, str]]:
    """(code, kind, region) of every site."""
    return db.connection().execute(select(Site.code, Site.kind, Site.region)).all()


def _readable(reader: User, weeks: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Approved ones, also when the raw text is gone by now; never one that is escalated or being read again."""
    is_there = or_(TextItem.state.is_(None), TextItem.state.in_((*states.READABLE, states.PURGED)))
    return is_there, Statement.week.in_(weeks), queries.beyond_the_wall(_SITE, reader)
