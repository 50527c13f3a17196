"""Statements about the queue: its pages, its counts, who holds a text, and which one comes next."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, exists, func, literal, not_, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from app.core import db
from app.desk.accounts.models import Audit, User
from app.desk.moderation import queries, states
from app.desk.moderation.dealing.models import Claim, Skipped
from app.desk.moderation.dealing.trays import Tray
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.models import TextItem
from app.desk.moderation.queries import AnyRow, AnySelect
from app.surveys.models import Response, Site

Place = tuple[int, str, bytes]
"""Turn, week and id: where a text stands in the order."""
FIRST = 2
"""Turns below this go to the top of the queue."""
_ORDER = (TextItem.turn, TextItem.week, TextItem.answer_id)


def page(tray: Tray, facets: Facets, reader: User, *, after: Place | None, now: int, size: int) -> Sequence[AnyRow]:
    """Texts in the order they are read: urgent, alert words, older week, random id; with who holds each now."""
    holder = (Claim.user_id.label("holder_id"), User.display_name.label("holder"))
    found = _narrowed(_with_holder(queries.to_read(reader), now).add_columns(*holder), tray, facets)
    if after:
        found = found.where(tuple_(*_ORDER) > tuple_(*map(literal, after)))
    return db.connection().execute(found.order_by(*_ORDER).limit(size)).all()


def before(tray: Tray, facets: Facets, reader: User, place: Place) -> bytes | None:
    """The text before this place."""
    found = texts(tray, facets, reader).where(tuple_(*_ORDER) < tuple_(*map(literal, place)))
    backwards = (column.desc() for column in _ORDER)
    return db.connection().execute(found.order_by(*backwards).limit(1)).scalar()


def free(
    tray: Tray, facets: Facets, reader: User, *, now: int, after: Place | None = None, only_first: bool = False,
    size: int = 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Texts to deal out: nobody else reads them, and the reader neither left them for later nor decided already."""
    found = _dealt(tray, facets, reader, now)
    if after:
        found = found.where(tuple_(*_ORDER) > tuple_(*map(literal, after)))
    if only_first:
        found = found.where(TextItem.turn < FIRST)
    return db.connection().execute(found.where(~_is_skipped(reader)).order_by(*_ORDER).limit(size)).all()


def free_by_lot(tray: Tray, facets: Facets, reader: User, *, now: int, lot: bytes) -> bytes | None:
    """A text to deal out whatever its week: the first whose random id comes after a random one."""
    found = _dealt(tray, facets, reader, now).where(~_is_skipped(reader), TextItem.answer_id >= lot)
    row = db.connection().execute(found.order_by(TextItem.answer_id).limit(1)).first()
    return row.answer_id if row else None


def skipped(tray: Tray, facets: Facets, reader: User, *, now: int, after: Place | None = None) -> AnyRow | None:
    """The first of those the reader left for later, from a place on or from the top."""
    found = _dealt(tray, facets, reader, now).where(_is_skipped(reader))
    if after:
        found = found.where(tuple_(*_ORDER) > tuple_(*map(literal, after)))
    return db.connection().execute(found.order_by(*_ORDER).limit(1)).first()


def add_skipped(item_id: bytes, reader: User) -> None:
    """Leave a text for later; twice is once."""
    db.connection().execute(_insert(Skipped).on_conflict_do_nothing(), {"item_id": item_id, "user_id": reader.id})


def take_claim(item_id: bytes, user_id: bytes, *, now: int, until: int) -> bool:
    """Take or renew the claim in one statement; False while somebody else holds it."""
    taking = _insert(Claim)
    taking = taking.on_conflict_do_update(
        index_elements=["item_id"],
        set_={"user_id": taking.excluded.user_id, "until": taking.excluded.until},
        where=or_(Claim.until < now, Claim.user_id == user_id),
    )
    values = {"item_id": item_id, "user_id": user_id, "until": until}
    return db.connection().execute(taking, values, execution_options={"preserve_rowcount": True}).rowcount == 1


def claim(item_id: bytes) -> AnyRow | None:
    """Who holds a text and until when, whether that is over or not."""
    found = select(Claim.user_id, Claim.until, User.display_name).join(User, User.id == Claim.user_id)
    return db.connection().execute(found.where(Claim.item_id == item_id)).first()


def drop_claims(*conditions: ColumnElement[bool]) -> None:
    """Take claims away."""
    db.connection().execute(delete(Claim).where(*conditions))


def settle(item_id: bytes) -> None:
    """The text is decided: nobody holds it, and nobody has it for later."""
    drop_claims(Claim.item_id == item_id)
    db.connection().execute(delete(Skipped).where(Skipped.item_id == item_id))


def drop_other_claims(user_id: bytes, item_id: bytes | None) -> None:
    """A person has one text open at a time."""
    drop_claims(Claim.user_id == user_id, Claim.item_id != (item_id or b""))


def drop_old_claims(now: int) -> None:
    """Nothing that is over stays."""
    drop_claims(Claim.until < now)


def count(counted: Iterable[AnySelect], *, most: int) -> list[int]:
    """How many rows each selection has, counted no further than `most`: one statement for all."""
    numbers = [
        select(func.count()).select_from(one.limit(most).subquery(f"counted_{n}")).scalar_subquery()
        for n, one in enumerate(counted)
    ]
    return list(db.connection().execute(select(*numbers)).one()) if numbers else []


def oldest_week(reader: User) -> str | None:
    """The week of the oldest text that waits."""
    weeks = [week for week in db.connection().execute(select(*_oldest_weeks(reader))).one() if week]
    return min(weeks, default=None)


def texts(tray: Tray, facets: Facets, reader: User) -> AnySelect:
    """The texts of a queue, to be counted."""
    found = _narrowed(queries.to_read(reader), tray, facets)
    return found.with_only_columns(TextItem.answer_id, maintain_column_froms=True)


def acts_since(since: Any, *, latest: int) -> Sequence[AnyRow]:
    """(actor, act, at, times) of the newest acts since then, the newest first, at most `latest`."""
    found = select(Audit.actor, Audit.act, Audit.at, Audit.count.label("times")).where(Audit.at >= since)
    newest = select(func.coalesce(func.max(Audit.seq), 0) - latest).scalar_subquery()
    return db.connection().execute(found.where(Audit.seq > newest).order_by(Audit.seq.desc())).all()


def _oldest_weeks(reader: User) -> list[ScalarSelect[str]]:
    """The oldest week of what waits, for each turn: the index has it at its beginning."""
    waits = queries.to_read(reader).where(TextItem.state == states.WAITING)
    weeks = waits.with_only_columns(TextItem.week, maintain_column_froms=True).order_by(TextItem.week).limit(1)
    return [weeks.where(TextItem.turn == turn).scalar_subquery() for turn in range(FIRST + 1)]


def _with_holder(found: AnySelect, now: int) -> AnySelect:
    held = and_(Claim.item_id == TextItem.answer_id, Claim.until >= now)
    return found.outerjoin(Claim, held).outerjoin(User, User.id == Claim.user_id)


def _narrowed(found: AnySelect, tray: Tray, facets: Facets) -> AnySelect:
    found = found.where(TextItem.state == tray.state)
    if tray.is_first:
        found = found.where(TextItem.turn < FIRST)
    if tray.reason:
        found = found.where(TextItem.reason == tray.reason)
    if tray.but_not:
        found = found.where(TextItem.reason != tray.but_not)
    return found.where(*_facets(facets))


def _facets(facets: Facets) -> list[ColumnElement[bool]]:
    wanted = {
        Site.kind: facets.kind, Response.channel: facets.channel, Response.lang: facets.spoken,
    }  # fmt: skip
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wanted.items() if value]
    if facets.since:
        conditions.append(TextItem.week >= facets.since)
    if facets.until:
        conditions.append(TextItem.week <= facets.until)
    if facets.flag in _FLAGS:
        conditions.append(_FLAGS[facets.flag])
    return conditions


def _dealt(tray: Tray, facets: Facets, reader: User, now: int) -> AnySelect:
    asked = and_(TextItem.reason.is_not(None), TextItem.decided_by == reader.id, TextItem.state == states.WAITING)
    someone = or_(Claim.user_id.is_(None), Claim.user_id == reader.id)
    dealt = _narrowed(_with_holder(queries.to_read(reader), now), tray, facets)
    return dealt.where(not_(func.coalesce(asked, literal(value=False))), someone)


def _is_skipped(reader: User) -> ColumnElement[bool]:
    return exists().where(Skipped.item_id == TextItem.answer_id, Skipped.user_id == reader.id)


def _insert(model: Any) -> Any:
    return (sqlite if db.is_sqlite() else postgresql).insert(model)


_FLAGS: dict[str, ColumnElement[bool]] = {
    "AKUT": TextItem.is_urgent.is_(True),
    "VARSEL": TextItem.is_alert.is_(True),
    "SPROG": TextItem.lang_guess.is_not(None),
}
