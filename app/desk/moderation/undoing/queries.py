"""Statements about what can be taken back: a person's last acts, and what has become of it since."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    ColumnElement,
    Row,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.undoing.images import Change
from app.desk.moderation.undoing.models import MOST, UndoEntry, UndoField, UndoTagging
from app.publication.models import CountedMonth, Quote
from app.surveys.models import Response


def version(answer_id: bytes) -> int | None:
    """The version of a text as it is now."""
    return db.connection().execute(select(TextItem.version).where(TextItem.answer_id == answer_id)).scalar()


def take_turn(user_id: bytes) -> None:
    """Acts of one person come one after the other, also those of a button pressed twice at once.

    Until the commit; SQLite has one writer anyway.
    """
    db.connection().execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def add_entry(entry: UndoEntry) -> None:
    """Put an act in the first place of its person; the twenty-first goes."""
    take_turn(entry.user_id)
    own = UndoEntry.user_id == entry.user_id
    move = update(UndoEntry).execution_options(synchronize_session=False)
    db.connection().execute(delete(UndoEntry).where(own, UndoEntry.place >= MOST))
    db.connection().execute(move.where(own).values(place=UndoEntry.place + MOST + 1))
    db.connection().execute(move.where(own).values(place=UndoEntry.place - MOST))
    db.db.session.add(entry)
    db.db.session.flush()


def add_fields(entry_id: bytes, changed: Sequence[Change]) -> None:
    """What the act changed."""
    rows = [{"entry_id": entry_id, **change.__dict__} for change in changed]
    db.connection().execute(insert(UndoField), rows)


def entries(user_id: bytes, *, most: int = MOST) -> Sequence[UndoEntry]:
    """A person's last acts, the newest first."""
    return [entry for entry, _da, _en in named(user_id, most=most)]


def named(user_id: bytes, *, most: int = MOST) -> Sequence[Row[UndoEntry, str | None, str | None]]:
    """The same with what the code of each is called, in Danish and in English."""
    found = (
        select(UndoEntry, Code.name_da, Code.name_en)
        .outerjoin(Code, Code.key == UndoEntry.code)
        .where(UndoEntry.user_id == user_id)
        .order_by(UndoEntry.place)
        .limit(most)
    )
    return db.db.session.execute(found.execution_options(populate_existing=True)).all()


def newest(user_id: bytes) -> UndoEntry | None:
    """A person's last act."""
    return next(iter(entries(user_id, most=1)), None)


def entry(entry_id: bytes, user_id: bytes) -> UndoEntry | None:
    """One act, if it is this person's own."""
    found = select(UndoEntry).where(UndoEntry.id == entry_id, UndoEntry.user_id == user_id)
    return db.db.session.scalars(found.execution_options(populate_existing=True)).first()


def fields(entry_id: bytes) -> list[Change]:
    """What an act on one text changed."""
    found = select(UndoField.table, UndoField.row_key, UndoField.field, UndoField.was, UndoField.now)
    return [Change(*row) for row in db.connection().execute(found.where(UndoField.entry_id == entry_id)).all()]


def forget(entry_id: bytes, user_id: bytes) -> None:
    """Take an act off the list, and what it changed; the places behind it close up."""
    gone = select(UndoEntry.place).where(UndoEntry.id == entry_id)
    place = db.connection().execute(gone).scalar()
    db.connection().execute(delete(UndoEntry).where(UndoEntry.id == entry_id))
    if place is not None:
        own, move = UndoEntry.user_id == user_id, update(UndoEntry).execution_options(synchronize_session=False)
        db.connection().execute(move.where(own, UndoEntry.place > place).values(place=UndoEntry.place + MOST))
        db.connection().execute(move.where(own, UndoEntry.place > MOST).values(place=UndoEntry.place - MOST - 1))


def known(user_id: bytes) -> frozenset[bytes]:
    """The acts of a person, to tell those that come later."""
    found = select(UndoEntry.id).where(UndoEntry.user_id == user_id)
    return frozenset(map(bytes, db.connection().execute(found).scalars()))


def absorb(entry: UndoEntry, parts: Collection[bytes]) -> None:
    """Acts that were part of another: what they did to many texts goes with it, the rest it knows itself."""
    moving = update(UndoTagging).where(UndoTagging.entry_id.in_(parts)).values(entry_id=entry.id)
    db.connection().execute(moving.execution_options(synchronize_session=False))
    entry.used += used_of_entry(entry.id)
    for part in parts:
        forget(part, entry.user_id)
    db.db.session.flush()


def is_on_many(entry_id: bytes) -> bool:
    """Whether an act set or took off codes of many texts."""
    return bool(db.connection().execute(select(exists().where(UndoTagging.entry_id == entry_id))).scalar())


def point_again(item_id: bytes, before: int, now: int) -> None:
    """The acts that ended in the version an undone act began with, end in the version there is now."""
    earlier = update(UndoEntry).where(UndoEntry.item_id == item_id, UndoEntry.now_version == before)
    earlier = earlier.where(UndoEntry.was_version != UndoEntry.now_version)
    db.connection().execute(earlier.values(now_version=now).execution_options(synchronize_session=False))


def is_quoted(statement_ids: Sequence[bytes]) -> bool:
    """Whether a quote was proposed from one of them and not taken down."""
    quoted = exists().where(Quote.statement_id.in_(statement_ids), Quote.state != "taken_down")
    return bool(db.connection().execute(select(quoted)).scalar())


def used_of_text(item_id: bytes) -> int:
    """How many statements of this text (1 or 0) are in a quarter whose themes are counted for good."""
    return _used(Statement.answer_id == item_id)


def used_of_entry(entry_id: bytes) -> int:
    """The same of an act on many texts."""
    about = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry_id)
    return _used(Statement.id.in_(about))


def used_now(entry: UndoEntry) -> int:
    """How many statements of an act a release has used by now."""
    of_text = used_of_text(entry.item_id) if entry.item_id is not None else 0
    return of_text + used_of_entry(entry.id)


def _used(which: ColumnElement[bool]) -> int:
    # Asked first: a database that knows the months begins with the statements of the act.
    themed = select(CountedMonth.month).where(CountedMonth.has_themes.is_(True))
    months = db.connection().execute(themed).scalars().all()
    counted = select(func.count(Statement.id)).join(Response, Response.id == Statement.response_id)
    return db.connection().execute(counted.where(which, Response.counted_month.in_(months))).scalar_one()


def has_two_types(entry: UndoEntry) -> bool:
    """Whether a statement of this act has two types in the first round: somebody set another one since."""
    about = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry.id)
    own = select(Statement.id).where(Statement.answer_id == entry.item_id)
    several = (
        select(Tagging.statement_id)
        .join(Code, Code.guid == Tagging.code_guid)
        .where(Tagging.statement_id.in_(about.union(own)), Tagging.round == "first", Code.kind == "type")
        .group_by(Tagging.statement_id)
        .having(func.count(Tagging.code_guid.distinct()) > 1)
    )
    return bool(db.connection().execute(select(several.exists())).scalar())
