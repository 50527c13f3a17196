"""Statements about memos; every one that is about somebody's words knows the wall."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.codebook.queries import guids_through
from app.desk.moderation.memos.models import CodeMemo, Memo
from app.desk.moderation.models import Code, Statement, TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.desk.moderation.rereading.models import Rereading
from app.publication.models import Quote
from app.surveys.models import Answer, Response, Site


def add(**values: Any) -> None:
    """One memo beside what somebody said, or beside a code."""
    db.connection().execute(insert(_model_of(values)), values)


def is_there(author: bytes, text: str, **where: Any) -> bool:
    """Whether this person has written just this here."""
    model = _model_of(where)
    found = select(model.id).filter_by(author=author, text=text, **where)
    return db.connection().execute(found).first() is not None


def of_text(item_id: bytes) -> Sequence[AnyRow]:
    """(id, text, author, name) of the memos on a text that the reader has open."""
    return _with_author(select(Memo.id, Memo.text, Memo.author).where(Memo.item_id == item_id), Memo)


def of_statement(statement_id: bytes) -> Sequence[AnyRow]:
    """The same on a statement whose text is gone."""
    return _with_author(select(Memo.id, Memo.text, Memo.author).where(Memo.statement_id == statement_id), Memo)


def of_quote(quote_id: bytes) -> Sequence[AnyRow]:
    """The same on a quote."""
    return _with_author(select(Memo.id, Memo.text, Memo.author).where(Memo.quote_id == quote_id), Memo)


def of_code(guid: str) -> Sequence[AnyRow]:
    """The same on a code; those of a code that was merged into it stand there too."""
    held = CodeMemo.code_guid.in_(guids_through([guid]))
    found = select(CodeMemo.id, CodeMemo.text, CodeMemo.author).where(held)
    return _with_author(found, CodeMemo)


def on_texts(reader: User, *, after: bytes | None, size: int) -> Sequence[AnyRow]:
    """(id, text, author, name, answer_id, week, site_kind) of memos on what people said, within the wall."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    found = (
        select(
            Memo.id, Memo.text, Memo.author, User.display_name.label("name"), Site.kind.label("site_kind"),
            func.coalesce(Memo.item_id, Statement.answer_id).label("answer_id"), Memo.quote_id,
            func.coalesce(Response.week, Statement.week).label("week"),
        )
        .join(User, User.id == Memo.author)
        .outerjoin(Quote, Quote.id == Memo.quote_id)
        .outerjoin(Statement, or_(Statement.id == Memo.statement_id, Statement.id == Quote.statement_id))
        .outerjoin(Answer, Answer.id == func.coalesce(Memo.item_id, Statement.answer_id))
        .outerjoin(Response, Response.id == Answer.response_id)
        .outerjoin(Site, Site.code == site)
        .where(beyond_the_wall(site, reader), ~_is_with_safeguarding(), ~_is_read_again(reader))
        .where(Memo.id > (after or b""))
    )  # fmt: skip
    return db.connection().execute(found.order_by(Memo.id).limit(size)).all()


def on_codes() -> Sequence[AnyRow]:
    """(id, text, author, name, key, name_da, name_en) of memos on codes, in the order of the codebook."""
    found = (
        select(
            CodeMemo.id, CodeMemo.text, CodeMemo.author, User.display_name.label("name"),
            Code.key, Code.name_da, Code.name_en,
        )
        .join(User, User.id == CodeMemo.author)
        .join(Code, Code.guid == CodeMemo.code_guid)
    )  # fmt: skip
    return db.connection().execute(found.order_by(Code.place, CodeMemo.id)).all()


def may_see_quote(quote_id: bytes, reader: User) -> bool:
    """Whether a quote is there and its words are not from the reader's own place."""
    quote = db.db.session.get(Quote, quote_id)
    if quote is None or quote.statement_id is None:
        return quote is not None and reader.site_code is None
    return may_see_statement(quote.statement_id, reader)


def may_see_statement(statement_id: bytes, reader: User) -> bool:
    """Whether a statement is there, within the wall."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    found = select(Statement.id).outerjoin(Response, Response.id == Statement.response_id)
    found = found.where(Statement.id == statement_id, beyond_the_wall(site, reader))
    return bool(db.connection().execute(select(found.exists())).scalar())


def guid_of(key: str) -> str | None:
    """The code of this key, whatever became of it."""
    return db.connection().execute(select(Code.guid).where(Code.key == key)).scalar()


def remove(memo_id: bytes, author: bytes) -> int:
    """Delete one's own memo, wherever it hangs; how many went."""
    gone = 0
    for model in (Memo, CodeMemo):
        statement = delete(model).where(model.id == memo_id, model.author == author)
        gone += db.connection().execute(statement).rowcount
    return gone


def _model_of(values: Mapping[str, Any]) -> type[Memo] | type[CodeMemo]:
    return CodeMemo if "code_guid" in values else Memo


def _with_author(found: Any, model: type[Memo] | type[CodeMemo]) -> Sequence[AnyRow]:
    named = found.add_columns(User.display_name.label("name")).join(User, User.id == model.author)
    return db.connection().execute(named.order_by(model.id)).all()


def _is_with_safeguarding() -> ColumnElement[bool]:
    """Cases stand in no list."""
    item = func.coalesce(Memo.item_id, Statement.answer_id)
    return exists().where(and_(TextItem.answer_id == item, TextItem.state == states.ESCALATED))


def _is_read_again(reader: User) -> ColumnElement[bool]:
    """Whoever reads a rejected text again meets no word of those who rejected it, on no page."""
    pending = exists().where(Rereading.item_id == Memo.item_id, Rereading.outcome.is_(None))
    return and_(pending, Memo.author != reader.id)
