"""Statements about the second and the agreed round; whoever reads a text here stands behind the wall too."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.codebook.queries import READ_AS
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.queries import AnyRow, AnySelect, beyond_the_wall
from app.desk.moderation.second_coding.agreement import NOTHING
from app.surveys.models import Answer, Response, Site

_SITE = func.coalesce(Response.site_code, Statement.site_code)
_READABLE = (
    select(
        Statement.id, Statement.text, Statement.lang, Statement.week, Statement.response_id, Statement.approved_by,
        Statement.answer_id, Site.kind.label("site_kind"),
    )
    .outerjoin(Response, Response.id == Statement.response_id)
    .outerjoin(Site, Site.code == _SITE)
)  # fmt: skip


@dataclass
class Rounds:
    """The codes of one statement by round, and who set them."""

    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Themes, sub-codes and that none fits."""
    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    flags: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    coders: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    version: int = 0
    """The codebook's version of the first round."""


def undrawn(*, most: int) -> Sequence[tuple[bytes, str]]:
    """(text, week) of those nobody has drawn for yet."""
    found = (
        select(TextItem.answer_id, Response.week)
        .join(Answer, Answer.id == TextItem.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(TextItem.second_due.is_(None))
        .limit(most)
    )
    return [(bytes(answer_id), week) for answer_id, week in db.connection().execute(found)]


def drawn_and_unread() -> Sequence[tuple[bytes, str, bool]]:
    """(text, week, whether it is drawn) of those nobody has done anything with."""
    found = select(TextItem.answer_id, TextItem.week, TextItem.second_due).where(
        TextItem.state == states.WAITING, TextItem.version == 1, TextItem.second_due.is_not(None)
    )
    return [(bytes(row.answer_id), row.week, row.second_due) for row in db.connection().execute(found)]


def mark_drawn(seen: Collection[bytes], chosen: Collection[bytes]) -> None:
    """Remember the draw."""
    for ids, is_due in ((set(seen) - set(chosen), False), (set(chosen), True)):
        if ids:
            drawing = update(TextItem).where(TextItem.answer_id.in_(ids)).values(second_due=is_due)
            db.connection().execute(drawing)


def count_drawn(weeks: Collection[str], *, most: int) -> int:
    """How many texts of these weeks are drawn, counted no further than `most`."""
    return _count(_of_weeks(weeks).where(TextItem.second_due.is_(True)).limit(most))


def count_seen(weeks: Collection[str]) -> int:
    """How many texts of these weeks were drawn for, whatever the outcome."""
    return _count(_of_weeks(weeks).where(TextItem.second_due.is_not(None)))


def next_due(me: User, *, after: bytes) -> bytes | None:
    """A statement this person may code a second time: the first one from a place in the order of random ids."""
    waiting = due(me).order_by(Statement.id).limit(1)
    found = db.connection().execute(waiting.where(Statement.id > after)).scalar()
    found = found or db.connection().execute(waiting).scalar()
    return bytes(found) if found else None


def count_due(me: User, *, most: int) -> int:
    """How many wait for this person, counted no further than `most`."""
    return _count(due(me).limit(most))


def statement(statement_id: bytes, me: User) -> AnyRow | None:
    """One readable statement within the wall."""
    found = _READABLE.where(Statement.id == statement_id, beyond_the_wall(_SITE, me), _is_readable())
    return db.connection().execute(found).first()


def may_code(statement_id: bytes, me: User) -> bool:
    """Whether it waits for a second coding, and this person has not read it for the first."""
    return db.connection().execute(due(me).where(Statement.id == statement_id)).first() is not None


def is_same(statement_id: bytes, me: User, round_: str, keys: Collection[str]) -> bool:
    """Whether this person has given a statement just these codes in this round: the second press of a button."""
    said = rounds([statement_id])[statement_id]
    mine = said.codes[round_] | said.types[round_]
    return said.coders[round_] == {me.id} and mine == set(keys)


def disagreements(me: User, *, most: int) -> Sequence[AnyRow]:
    """Statements whose two rounds differ and that nobody has settled, newest week first, within the wall."""
    found = _READABLE.where(Statement.id.in_(to_settle(me)))
    return db.connection().execute(found.order_by(Statement.week.desc(), Statement.id.desc()).limit(most)).all()


def to_settle(me: User) -> AnySelect:
    """Their ids."""
    differ = or_(_lacks("first", "second"), _lacks("second", "first"))
    found: AnySelect = select(Statement.id).outerjoin(Response, Response.id == Statement.response_id)
    is_open = Statement.id.in_(_in_round("second").except_(_in_round("agreed")))
    return found.where(is_open, differ, _is_readable(), beyond_the_wall(_SITE, me))


def rounds(statement_ids: Iterable[bytes]) -> Mapping[bytes, Rounds]:
    """The codes of these statements, by round."""
    ids = list(statement_ids)
    found: dict[bytes, Rounds] = {one: Rounds() for one in ids}
    for row in db.connection().execute(_TAGGED.where(Tagging.statement_id.in_(ids))):
        _note(found[bytes(row.statement_id)], row)
    return found


def twice_coded(me: User, weeks: Collection[str] | None = None, *, most: int = 5_000) -> Mapping[bytes, Rounds]:
    """The codes of the statements that were coded twice, in these weeks or ever; the newest, within the wall."""
    chosen = select(Statement.id).outerjoin(Response, Response.id == Statement.response_id)
    chosen = chosen.where(Statement.id.in_(_in_round("second")), _is_readable(), beyond_the_wall(_SITE, me))
    if weeks is not None:
        chosen = chosen.where(Statement.week.in_(list(weeks)))
    newest = chosen.order_by(Statement.week.desc(), Statement.id.desc()).limit(most).subquery()
    found: dict[bytes, Rounds] = defaultdict(Rounds)
    for row in db.connection().execute(_TAGGED.where(Tagging.statement_id.in_(select(newest.c.id)))):
        _note(found[bytes(row.statement_id)], row)
    return found


def guids(keys: Collection[str]) -> Sequence[str]:
    """The codes of these keys."""
    return db.connection().execute(select(Code.guid).where(Code.key.in_(keys))).scalars().all()


_TAGGED = (
    select(Tagging.statement_id, Tagging.round, Tagging.coder, Tagging.codebook_version, Code.key, Code.kind)
    .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
    .join(Code, Code.guid == READ_AS)
)


def _note(rounds: Rounds, row: AnyRow) -> None:
    is_flag = row.kind == "flag" and row.key != NOTHING
    said = rounds.flags if is_flag else rounds.types if row.kind == "type" else rounds.codes
    said[row.round].add(row.key)
    rounds.coders[row.round].add(bytes(row.coder))
    if row.round == "first":
        rounds.version = max(rounds.version, row.codebook_version)


def due(me: User) -> AnySelect:
    """The ids of the statements this person may code a second time."""
    own = aliased(Tagging)
    is_mine = exists().where(own.statement_id == Statement.id, own.coder == me.id)
    found: AnySelect = (
        select(Statement.id)
        .join(TextItem, TextItem.answer_id == Statement.answer_id)
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(TextItem.second_due.is_(True), TextItem.state.in_(states.READABLE))
        .where(Statement.approved_by != me.id, ~is_mine, ~_has("second"), beyond_the_wall(_SITE, me))
    )
    return found


def _is_readable() -> ColumnElement[bool]:
    """Approved, also where the way back to the text is cut; not reopened, not moved to safeguarding."""
    closed = exists().where(TextItem.answer_id == Statement.answer_id, TextItem.state.not_in(states.READABLE))
    return ~closed


def _in_round(round_: str) -> Select[bytes]:
    """The ids of the few statements that have one: a database shall begin with them, not ask every statement."""
    return select(Tagging.statement_id).where(Tagging.round == round_)


def _has(round_: str) -> ColumnElement[bool]:
    one = aliased(Tagging)
    return exists().where(one.statement_id == Statement.id, one.round == round_)


def _lacks(round_: str, other: str) -> ColumnElement[bool]:
    """Some theme or kind stands in one round and not in the other; flags, INTET apart, are nobody's coding."""
    one, twin = aliased(Tagging), aliased(Tagging)
    counts = select(Code.guid).where(or_(Code.kind != "flag", Code.key == NOTHING))
    has_twin = exists().where(
        and_(twin.statement_id == one.statement_id, twin.code_guid == one.code_guid, twin.round == other)
    )
    return exists().where(one.statement_id == Statement.id, one.round == round_, one.code_guid.in_(counts), ~has_twin)


def _of_weeks(weeks: Collection[str]) -> AnySelect:
    found: AnySelect = (
        select(TextItem.answer_id)
        .join(Answer, Answer.id == TextItem.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.week.in_(list(weeks)))
    )
    return found


def _count(found: Any) -> int:
    counted: int = db.connection().execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return counted
