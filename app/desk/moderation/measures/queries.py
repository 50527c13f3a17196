"""Statements that count the desk's work; texts that are with safeguarding are in none of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select

from app.core import db
from app.desk.accounts.models import Audit, User
from app.desk.moderation import states
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.codebook.queries import READ_AS, is_counted
from app.desk.moderation.measures.models import WeekRead
from app.desk.moderation.models import Code, MaskSpan, Statement, Tagging, TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.surveys.models import Answer, Response, Site

UNDECIDED = (states.SEALED, states.WAITING, states.HELD)
DECIDED = (*states.READABLE, states.REJECTED)


def oldest_waiting(reader: User) -> str | None:
    """The week of the oldest text that waits to be read."""
    found = _texts(func.min(Response.week), reader).where(TextItem.state == states.WAITING)
    return db.connection().execute(found).scalar()


def decided(weeks: Collection[str], reader: User | None = None) -> Mapping[tuple[str, str | None], int]:
    """(state, reason) → how many texts of these weeks stand there. Nobody's wall where no reader is named."""
    reason = case((TextItem.state == states.REJECTED, TextItem.reason))
    found = _texts(TextItem.state, reader).add_columns(reason, func.count())
    found = found.where(Response.week.in_(list(weeks)), TextItem.state != states.ESCALATED)
    rows = db.connection().execute(found.group_by(TextItem.state, reason)).all()
    return {(state, reason): n for state, reason, n in rows}


def second_coded(weeks: Collection[str], reader: User) -> int:
    """How many approved texts of these weeks have a second coding."""
    found = _statements(func.count(Statement.id.distinct()), weeks, reader)
    found = found.join(Tagging, and_(Tagging.statement_id == Statement.id, Tagging.round == "second"))
    found = found.join(TextItem, TextItem.answer_id == Statement.answer_id).where(TextItem.state.in_(states.READABLE))
    return int(db.connection().execute(found).scalar_one())


def kept_masks(weeks: Collection[str], reader: User) -> Mapping[str, int]:
    """Reason → how many proposed masks a person let stand readable."""
    found = _texts(MaskSpan.reason, reader).join(MaskSpan, MaskSpan.item_id == TextItem.answer_id)
    found = found.add_columns(func.count()).where(Response.week.in_(list(weeks)), MaskSpan.decision == "keep")
    return dict(db.connection().execute(found.group_by(MaskSpan.reason)).all())


def waiting_for_translation(reader: User) -> Mapping[str, int]:
    """Language → how many texts wait for somebody who reads it."""
    found = _texts(Response.lang, reader).add_columns(func.count())
    found = found.where(TextItem.state == states.HELD, TextItem.reason == "needs_language")
    return dict(db.connection().execute(found.group_by(Response.lang)).all())


def acts_between(since: datetime, until: datetime, acts: Collection[str]) -> Mapping[str, int]:
    """How often each of these acts was done."""
    n = func.coalesce(Audit.count, 1)
    found = select(Audit.act, func.sum(n)).where(Audit.at >= since, Audit.at < until, Audit.act.in_(acts))
    return {act: int(count) for act, count in db.connection().execute(found.group_by(Audit.act))}


def log(
    *, actor: str | None, acts: Collection[str], since: datetime | None, until: datetime | None,
    before: int | None, most: int,
) -> Sequence[AnyRow]:  # fmt: skip
    """Rows of the audit trail, newest first: of one person or of all, of these acts, between two instants."""
    found = select(Audit.seq, Audit.at, Audit.actor, Audit.act, Audit.target, Audit.count.label("times"), Audit.detail)
    found = found.where(Audit.act.in_(acts))
    wanted = (
        (actor, Audit.actor == actor),
        (since, Audit.at >= since if since else None),
        (until, Audit.at < until if until else None),
        (before, Audit.seq < before if before is not None else None),
    )
    for given, condition in wanted:
        if given is not None and condition is not None:
            found = found.where(condition)
    return db.connection().execute(found.order_by(Audit.seq.desc()).limit(most)).all()


def noted_weeks() -> frozenset[str]:
    """The weeks whose time was up and that are noted."""
    return frozenset(db.connection().execute(select(WeekRead.week)).scalars())


def standing(weeks: Collection[str]) -> Sequence[AnyRow]:
    """(week, decided, undecided) of the texts of these weeks, as it is now."""
    by_state = [
        func.sum(case((TextItem.state.in_(some), 1), else_=0)).label(name)
        for name, some in (("decided", DECIDED), ("undecided", UNDECIDED))
    ]
    found = _texts(Response.week, None).add_columns(*by_state).where(Response.week.in_(list(weeks)))
    found = found.where(TextItem.state.in_((*DECIDED, *UNDECIDED)))
    return db.connection().execute(found.group_by(Response.week)).all()


def note(rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep how weeks stood."""
    if kept := list(rows):
        db.connection().execute(insert(WeekRead), kept)


def weeks_read(weeks: Collection[str]) -> tuple[int, int]:
    """(decided in time, all) of the texts of these weeks whose time was up."""
    found = select(func.sum(WeekRead.decided), func.sum(WeekRead.decided + WeekRead.undecided))
    in_time, of_all = db.connection().execute(found.where(WeekRead.week.in_(list(weeks)))).one()
    return int(in_time or 0), int(of_all or 0)


def voices_by_theme(weeks: Collection[str], reader: User) -> Mapping[str, int]:
    """Theme → how many voices of these weeks are about it, by today's codes; a sub-code says its theme."""
    theme = func.coalesce(Code.parent_key, Code.key)
    found = _statements(theme, weeks, reader).add_columns(func.count(Statement.voice.distinct()))
    found = (
        found.join(Tagging, Tagging.statement_id == Statement.id)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .where(Code.kind.in_(("theme", "sub")), is_counted())
    )
    return dict(db.connection().execute(found.group_by(theme)).all())


def voices(weeks: Collection[str], reader: User) -> int:
    """How many voices said something readable in these weeks."""
    found = _statements(func.count(Statement.voice.distinct()), weeks, reader)
    return int(db.connection().execute(found).scalar_one())


def voices_by(theme: str, weeks: Collection[str], reader: User, what: str) -> Mapping[str | None, int]:
    """Voices on a theme by the type of what they said, the kind of place, or the channel they came by."""
    about = _statements(Statement.id, weeks, reader).where(Statement.id.in_(_on(theme)))
    columns: dict[str, Any] = {"type": Code.key, "kind": Site.kind, "channel": Response.channel}
    found: Select[Any] = select(columns[what], func.count(Statement.voice.distinct())).select_from(Statement)
    found = found.outerjoin(Response, Response.id == Statement.response_id)
    found = found.outerjoin(Site, Site.code == func.coalesce(Response.site_code, Statement.site_code))
    if what == "type":
        found = found.join(Tagging, Tagging.statement_id == Statement.id).join(Code, Code.guid == Tagging.code_guid)
        found = found.where(Code.kind == "type", is_counted())
    found = found.where(Statement.id.in_(about)).group_by(columns[what])
    return dict(db.connection().execute(found.order_by(func.count(Statement.voice.distinct()).desc())).all())


def statements_on(theme: str, weeks: Collection[str], reader: User) -> int:
    """How many readable statements of these weeks are about a theme."""
    found = _statements(func.count(), weeks, reader).where(Statement.id.in_(_on(theme)))
    return int(db.connection().execute(found).scalar_one())


def coded_twice_on(theme: str, weeks: Collection[str], reader: User) -> int:
    """How many of them were coded twice."""
    second = select(Tagging.statement_id).where(Tagging.round == "second")
    found = _statements(func.count(), weeks, reader).where(Statement.id.in_(_on(theme)), Statement.id.in_(second))
    return int(db.connection().execute(found).scalar_one())


def _on(theme: str) -> Select[Any]:
    """The statements that count for a theme, by today's codes."""
    found: Select[Any] = select(Tagging.statement_id)
    found = found.outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid).join(Code, Code.guid == READ_AS)
    return found.where(or_(Code.key == theme, Code.parent_key == theme), is_counted())


def _statements(what: Any, weeks: Collection[str], reader: User) -> Select[Any]:
    place = func.coalesce(Response.site_code, Statement.site_code)
    found: Select[Any] = select(what).select_from(Statement)
    found = found.outerjoin(Response, Response.id == Statement.response_id)
    return found.where(Statement.week.in_(list(weeks)), beyond_the_wall(place, reader))


def _texts(what: Any, reader: User | None) -> Select[Any]:
    found: Select[Any] = (
        select(what)
        .select_from(TextItem)
        .join(Answer, Answer.id == TextItem.answer_id)
        .join(Response, Response.id == Answer.response_id)
    )
    return found if reader is None else found.where(_wall(reader))


def _wall(reader: User) -> ColumnElement[bool]:
    return beyond_the_wall(Response.site_code, reader)
