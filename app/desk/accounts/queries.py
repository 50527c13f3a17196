"""Statements about people who work here, their sessions and the audit trail."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select, text, update
from sqlalchemy.orm import Session

from app.core import db
from app.desk.accounts.models import Audit, AuditCut, StaffSession, User

AUDIT_TURN = 0x5354454D4D45  # the advisory lock of the one who writes the next audit row


def user_named(name: str, *, to_change: bool = False) -> User | None:
    """The person with this sign-in name, also one who has left."""
    found = select(User).where(User.name == name)
    return db.db.session.scalar(held(found) if to_change else found)


def credentials(name: str) -> User | None:
    """The person with this name while they work here, detached, so that no transaction waits for argon2."""
    with db.reading(), Session(db.db.engine) as reading:
        return reading.scalar(select(User).where(User.name == name, User.is_active))


def user(user_id: bytes, *, to_change: bool = False) -> User | None:
    """One person."""
    found = select(User).where(User.id == user_id)
    return db.db.session.scalar(held(found)) if to_change else db.db.session.get(User, user_id)


def users() -> Sequence[User]:
    """Everybody, those who work here now first."""
    return db.db.session.scalars(select(User).order_by(User.is_active.desc(), User.display_name, User.name)).all()


def left_before(day: date) -> Sequence[User]:
    """Who left on this day or before it, and still has a name here."""
    is_whole = User.password_hash != ""
    return db.db.session.scalars(select(User).where(User.left_on <= day, ~User.is_active, is_whole)).all()


def signed_in(token_hash: bytes) -> StaffSession | None:
    """One session with its person, detached: read beside the view's own transaction, which has not begun."""
    with db.reading(), Session(db.db.engine) as reading:
        return reading.get(StaffSession, token_hash)


def is_session(token_hash: bytes) -> bool:
    """Whether this session is there, as this transaction sees it."""
    found = select(StaffSession.user_id).where(StaffSession.token_hash == token_hash)
    return db.connection().execute(found).first() is not None


def renew(token_hash: bytes, now: datetime) -> None:
    """Note that a session is in use, in a transaction of its own."""
    with Session(db.db.engine) as writing, writing.begin():
        writing.execute(update(StaffSession).where(StaffSession.token_hash == token_hash).values(seen_at=now))


def delete_session(token_hash: bytes) -> None:
    """End one session."""
    db.connection().execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


def delete_sessions_of(user_id: bytes) -> None:
    """End every session of a person, also one that begins just now."""
    db.connection().execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    db.connection().execute(delete(StaffSession).where(StaffSession.user_id == user_id))


def delete_sessions_before(*, began: datetime, seen: datetime) -> None:
    """End sessions that are too old or have been idle."""
    old = (StaffSession.began_at <= began) | (StaffSession.seen_at <= seen)
    db.connection().execute(delete(StaffSession).where(old))


def take_audit_turn() -> None:
    """Until the commit nobody else writes an audit row. SQLite has one writer anyway."""
    if not db.is_sqlite():
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": AUDIT_TURN})


def last_audit() -> Audit | None:
    """The head of the chain."""
    return db.db.session.scalar(select(Audit).order_by(Audit.seq.desc()).limit(1))


def first_audit() -> Audit | None:
    """The oldest row that is left."""
    return db.db.session.scalar(select(Audit).order_by(Audit.seq).limit(1))


def audit_chain(*, after: int = 0) -> Iterator[Audit]:
    """Every row behind this one in order, a thousand at a time."""
    found = select(Audit).where(Audit.seq > after).order_by(Audit.seq)
    yield from db.db.session.scalars(found.execution_options(yield_per=1000))


def audit_rows(seqs: Collection[int]) -> Sequence[Audit]:
    """These rows, in order."""
    return db.db.session.scalars(select(Audit).where(Audit.seq.in_(seqs)).order_by(Audit.seq)).all()


def audit_cut() -> AuditCut | None:
    """Where the old end of the chain was cut off, if it was."""
    return db.db.session.get(AuditCut, 1)


def last_audit_before(moment: datetime) -> Audit | None:
    """The last row of those that are older, and have nothing but older ones before them."""
    first_kept = select(func.min(Audit.seq)).where(Audit.at >= moment).scalar_subquery()
    older = select(Audit).where((Audit.seq < first_kept) | first_kept.is_(None))
    return db.db.session.scalar(older.order_by(Audit.seq.desc()).limit(1))


def delete_audit_to(seq: int) -> None:
    """Delete every row up to this one; the database refuses until the cut is at it."""
    db.connection().execute(delete(Audit).where(Audit.seq <= seq))


def audit_page(*, actor: str | None, act: str | None, before: int | None, limit: int) -> Sequence[Audit]:
    """The newest rows of a person or of all, older than `before`."""
    found = select(Audit).order_by(Audit.seq.desc()).limit(limit)
    if actor is not None:
        found = found.where(Audit.actor == actor)
    if act:
        found = found.where(Audit.act == act)
    if before is not None:
        found = found.where(Audit.seq < before)
    return db.db.session.scalars(found).all()


def audit_counts() -> Sequence[tuple[str, int]]:
    """How often each act was done."""
    counted = select(Audit.act, func.count()).group_by(Audit.act).order_by(Audit.act)
    return [(act, count) for act, count in db.connection().execute(counted)]


def held(person: Select[User]) -> Select[User]:
    """So that a person is read as they are now, and nobody else changes them or lets them in until the commit.

    SQLite has one writer anyway.
    """
    return person.with_for_update(of=User, key_share=True).execution_options(populate_existing=True)
