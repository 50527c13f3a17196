"""Statements about the versions of the codebook: its lines, drafts, events, redirects and splits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook.models import CodebookVersion, CodeEvent, Redirect, SplitTarget
from app.desk.moderation.models import Code, Tagging
from app.publication.models import Release

CODEBOOK_TURN = 0x636F6465
"""Any number that no other advisory lock uses."""


def take_turn() -> None:
    """Until the commit nobody else changes the codebook. SQLite has one writer anyway."""
    if not db.is_sqlite():
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": CODEBOOK_TURN})


def code_rows() -> Sequence[Any]:
    """Every line, as it is in the table now."""
    return db.connection().execute(select(Code.__table__).order_by(Code.place)).all()


def add_lines(rows: Sequence[Mapping[str, Any]]) -> None:
    """New lines, a theme before its sub-codes."""
    if rows:
        db.connection().execute(insert(Code), list(rows))


def save_line(row: Mapping[str, Any]) -> None:
    """Write a known line anew."""
    db.db.session.merge(Code(**row))
    db.db.session.flush()


def delete_line(guid: str) -> None:
    """Take a line away that came with a version taken back; nothing may use it."""
    found = db.db.session.get(Code, guid)
    if found is not None:
        db.db.session.delete(found)
        db.db.session.flush()


def redirect_rows() -> Sequence[Any]:
    """Every merged code."""
    return db.connection().execute(select(Redirect.__table__)).all()


def replace_redirects(rows: Sequence[Mapping[str, Any]]) -> None:
    """These redirects and no others."""
    db.connection().execute(delete(Redirect))
    if rows:
        db.connection().execute(insert(Redirect), list(rows))


def split_rows() -> Sequence[Any]:
    """(code, target) of every split, in no order."""
    return db.connection().execute(select(SplitTarget.code_guid, SplitTarget.target_guid)).all()


def replace_splits(rows: Sequence[Mapping[str, Any]]) -> None:
    """These splits and no others."""
    db.connection().execute(delete(SplitTarget))
    if rows:
        db.connection().execute(insert(SplitTarget), list(rows))


def versions() -> Sequence[CodebookVersion]:
    """All versions, newest first."""
    return db.db.session.scalars(select(CodebookVersion).order_by(CodebookVersion.number.desc())).all()


def version(number: int) -> CodebookVersion | None:
    """One version."""
    return db.db.session.get(CodebookVersion, number, populate_existing=True)


def newest() -> CodebookVersion | None:
    """The version in force: the newest that is no draft."""
    found = select(CodebookVersion).where(CodebookVersion.state != "draft")
    return db.db.session.scalars(found.order_by(CodebookVersion.number.desc()).limit(1)).first()


def draft() -> CodebookVersion | None:
    """The version that is being written, if there is one."""
    return db.db.session.scalars(select(CodebookVersion).where(CodebookVersion.state == "draft")).first()


def save_version(number: int, state: str, *, on: date | None = None, by: bytes | None = None) -> CodebookVersion:
    """A version as it is now."""
    values = {"state": state, "published_on": on, "published_by": by}
    saved = db.db.session.merge(CodebookVersion(number=number, **values))
    db.db.session.flush()
    return saved


def delete_version(number: int) -> None:
    """A draft without changes is none."""
    found = db.db.session.get(CodebookVersion, number)
    if found is not None:
        db.db.session.delete(found)
        db.db.session.flush()


def add_event(**values: Any) -> CodeEvent:
    """One change."""
    event = CodeEvent(**values)
    db.db.session.add(event)
    db.db.session.flush()
    return event


def events(number: int) -> Sequence[CodeEvent]:
    """The changes of a version, in the order they were made."""
    found = select(CodeEvent).where(CodeEvent.version == number).order_by(CodeEvent.id)
    return db.db.session.scalars(found.execution_options(populate_existing=True)).all()


def events_after(number: int) -> Sequence[CodeEvent]:
    """The published changes of all later versions, newest first."""
    found = select(CodeEvent).where(CodeEvent.version > number, CodeEvent.delta.is_not(None))
    return db.db.session.scalars(found.order_by(CodeEvent.id.desc())).all()


def all_events() -> Sequence[CodeEvent]:
    """Every published change, newest first."""
    found = select(CodeEvent).where(CodeEvent.delta.is_not(None)).order_by(CodeEvent.id.desc())
    return db.db.session.scalars(found).all()


def delete_events(ids: Collection[int]) -> None:
    """Changes that were taken out of the draft."""
    db.connection().execute(delete(CodeEvent).where(CodeEvent.id.in_(ids)))


def agree(ids: Collection[int], by: bytes | None) -> None:
    """Who agreed to these changes; None takes it back."""
    db.connection().execute(update(CodeEvent).where(CodeEvent.id.in_(ids)).values(agreed_by=by))


def set_delta(event_id: int, delta: Mapping[str, Any] | None) -> None:
    """What a change did, once it is published."""
    db.connection().execute(update(CodeEvent).where(CodeEvent.id == event_id).values(delta=delta))


def is_tagged_since(number: int) -> bool:
    """Whether somebody has tagged by this version or a later one."""
    found = select(Tagging.codebook_version).where(Tagging.codebook_version >= number).limit(1)
    return db.connection().execute(found).first() is not None


def is_released_since(day: date) -> bool:
    """Whether numbers have gone out that may be counted by a version of that day."""
    found = select(func.count()).select_from(Release).where(Release.published_on >= day)
    return bool(db.connection().execute(found).scalar())


def names_of_people(ids: Iterable[bytes | None]) -> dict[bytes, str]:
    """What these people are called."""
    wanted = {one for one in ids if one is not None}
    found = select(User.id, User.display_name).where(User.id.in_(wanted))
    return {row.id: row.display_name for row in db.connection().execute(found)}
