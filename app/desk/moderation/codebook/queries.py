"""Statements about codes and taggings, and what the tallies are fed with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from app.core import db
from app.core.db import Model
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.models import Code, Statement, Tagging
from app.surveys.models import Answer, Response

Which = ColumnElement[bool]
"""Which responses are meant."""
READ_AS: ColumnElement[str] = func.coalesce(Redirect.to_guid, Tagging.code_guid)
"""The code a tagging counts for: a merged one counts for the one it went into. Needs `Redirect` joined."""


def codes() -> Sequence[Code]:
    """The codebook in its order."""
    return db.db.session.scalars(select(Code).order_by(Code.place)).all()


def codes_of(statement_ids: Iterable[bytes]) -> Sequence[Row[bytes, str]]:
    """(statement, code key) of the counted round, in the codebook's order."""
    found = (
        select(Tagging.statement_id, Code.key)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .where(Tagging.statement_id.in_(list(statement_ids)), is_counted())
        .group_by(Tagging.statement_id, Code.key, Code.place)
        .order_by(Code.place)
    )
    return db.connection().execute(found).all()


def themes_of_response(response_id: bytes) -> Sequence[str]:
    """The keys of the main themes of everything said in a response."""
    theme = func.coalesce(Code.parent_key, Code.key)
    found = (
        select(theme)
        .select_from(Tagging)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .join(Statement, Statement.id == Tagging.statement_id)
        .where(Statement.response_id == response_id, Code.kind.in_(("theme", "sub")), is_counted())
        .distinct()
        .order_by(theme)
    )
    return db.connection().execute(found).scalars().all()


def themes_of_responses(response_ids: Sequence[bytes]) -> Sequence[Row[bytes | None, str]]:
    """(response, main theme) of everything said in these responses, in the order of the themes."""
    theme = func.coalesce(Code.parent_key, Code.key)
    found = (
        select(Statement.response_id, theme)
        .select_from(Tagging)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .join(Statement, Statement.id == Tagging.statement_id)
        .where(Statement.response_id.in_(response_ids), Code.kind.in_(("theme", "sub")), is_counted())
        .distinct()
        .order_by(theme)
    )
    return db.connection().execute(found).all()


def hold(statement_id: bytes) -> None:
    """Nobody else codes or settles this statement until the commit. SQLite has one writer anyway."""
    db.connection().execute(select(Statement.id).where(Statement.id == statement_id).with_for_update())


def add_tagging(values: Mapping[str, Any]) -> None:
    """One tagging; the same one twice is one."""
    db.connection().execute(insert_or_ignore(Tagging), values)
    if values["round"] == "agreed":  # from now on this round is the one that counts
        look_again([values["statement_id"]])


def look_again(statement_ids: Iterable[bytes] | Select[bytes]) -> None:
    """A code went: whether these statements still have a theme is to be looked at anew."""
    ids = statement_ids if isinstance(statement_ids, Select) else list(statement_ids)
    anew = update(Statement).where(Statement.id.in_(ids), Statement.has_theme.is_not(None)).values(has_theme=None)
    db.connection().execute(anew.execution_options(synchronize_session=False))


def guids_through(guids: Iterable[str]) -> Sequence[str]:
    """These codes and everything that was merged into them."""
    given = list(guids)
    merged = select(Redirect.from_guid).where(Redirect.to_guid.in_(given))
    return [*given, *db.connection().execute(merged).scalars()]


def guids_under(key: str) -> Select[str]:
    """Every guid that counts for a code: its own, its sub-codes', and what was merged into them."""
    own = select(Code.guid).where(or_(Code.key == key, Code.parent_key == key), Code.state != "merged")
    merged = select(Redirect.from_guid).where(Redirect.to_guid.in_(own))
    return select(Code.guid).where(or_(Code.guid.in_(own), Code.guid.in_(merged)))


def remove_taggings(statement_id: bytes, guids: Iterable[str], round_: str) -> int:
    """Take codes off a statement in one round, whoever set them; how many rows went."""
    look_again([statement_id])
    gone = delete(Tagging).where(Tagging.statement_id == statement_id, Tagging.round == round_)
    return db.connection().execute(gone.where(Tagging.code_guid.in_(list(guids)))).rowcount


def tagged_guids(statement_id: bytes, round_: str) -> Sequence[str]:
    """The codes a statement has in one round."""
    found = select(Tagging.code_guid).where(Tagging.statement_id == statement_id, Tagging.round == round_)
    return db.connection().execute(found.distinct()).scalars().all()


def counted_responses(weeks: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every response that counts: released, about a known place, no trial, sent by the person, at a person's pace."""
    found = _responses().where(Response.week.in_(weeks), Response.site_code.is_not(None))
    found = found.where(Response.is_released.is_(True), Response.is_test.is_(False))
    found = found.where(Response.is_burst.is_not(True), Response.is_partial.is_not(True))  # only tablets say
    return db.connection().execute(found).all()


def drawn_responses(months: Sequence[str], *, after: bytes | None, size: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Responses counted in these months that were drawn for microdata, in the order of their random ids."""
    found = _responses().where(_is_drawn(months)).order_by(Response.id).limit(size)
    return db.connection().execute(found if after is None else found.where(Response.id > after)).all()


def drawn_between(months: Sequence[str], first: bytes, last: bytes) -> Which:
    """Those of them from one random id to another."""
    return and_(_is_drawn(months), Response.id.between(first, last))


def in_weeks(weeks: Sequence[str]) -> Which:
    """Of these weeks."""
    return Response.week.in_(weeks)


def answers_in(responses: Which) -> Sequence[Row[bytes, str, str, str | None]]:
    """(response, question, kind, value) of every answer of these responses that was chosen or written."""
    found = (
        select(Answer.response_id, Answer.question, Answer.kind, Answer.value)
        .join(Response, Response.id == Answer.response_id)
        .where(responses, Answer.kind.in_(("value", "words")))
    )
    return db.connection().execute(found).all()


def codes_in(responses: Which) -> Sequence[Row[bytes | None, str, str]]:
    """(response, key, kind) of every theme, sub-code and type of the counted round."""
    found = (
        select(Statement.response_id, Code.key, Code.kind)
        .select_from(Tagging)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .join(Statement, Statement.id == Tagging.statement_id)
        .join(Response, Response.id == Statement.response_id)
        .where(responses, Code.kind != "flag", is_counted())
        .distinct()
    )
    return db.connection().execute(found).all()


def _is_drawn(months: Sequence[str]) -> Which:
    return and_(Response.counted_month.in_(months), Response.is_in_sample.is_(True))


def _responses() -> Select[*tuple[Any, ...]]:
    return select(
        Response.id, Response.site_code, Response.week, Response.channel, Response.lang, Response.helped,
        Response.survey_id, Response.version, Response.counted_month,
    )  # fmt: skip


def is_counted() -> ColumnElement[bool]:
    """The agreed round where there is one, else the first."""
    settled = aliased(Tagging)
    has_agreed = exists().where(settled.statement_id == Tagging.statement_id, settled.round == "agreed")
    return or_(Tagging.round == "agreed", and_(Tagging.round == "first", ~has_agreed))


def insert_or_ignore(model: type[Model]) -> Any:
    """An insert that leaves a row alone that is there already."""
    dialect = sqlite if db.is_sqlite() else postgresql
    return dialect.insert(model).on_conflict_do_nothing()
