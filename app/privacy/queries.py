"""Statements of the promise's tables."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Row, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core import db
from app.core.db import Model
from app.core.prepared import Prepared, PreparedRows
from app.privacy.models import KioskSeen, Receipt, SealMonth, Seen, SideMark

_MONTH_PUBLIC = Prepared(select(SealMonth.public).where(SealMonth.month == bindparam("month")))
_MONTH_WRAPPED = select(SealMonth.wrapped).where(SealMonth.month == bindparam("month"))
_SEEN = select(Seen.mid, Seen.epoch, Seen.box).where(Seen.mid.in_(bindparam("mids", expanding=True)))
_SEE = insert(Seen)
CLAIM = PreparedRows.inserting(Seen, lambda adding: adding.on_conflict_do_nothing())
"""Remember messages with their answers, but for those that another delivery was first with."""
_SEE_AGAIN = update(Seen).where(Seen.mid == bindparam("which")).values(box=bindparam("new_box"))
_RECEIPT = select(Receipt.response_id, Receipt.week, Receipt.is_read, Receipt.themes).where(
    Receipt.tag.in_(bindparam("tags", expanding=True))
)


def month_public(month: str) -> bytes | None:
    """The public half of a month's pair."""
    found = _MONTH_PUBLIC.rows(month=month)
    return found[0][0] if found else None


def month_wrapped(month: str) -> bytes | None:
    """The wrapped private half of a month's pair."""
    return db.connection().execute(_MONTH_WRAPPED, {"month": month}).scalar()


def months() -> Sequence[SealMonth]:
    """Every month that can still be read."""
    return db.db.session.scalars(select(SealMonth).order_by(SealMonth.month)).all()


def add_month(month: str, public: bytes, wrapped: bytes) -> bytes:
    """Insert the pair unless another process was first; the public half that won."""
    values = {"month": month, "public": public, "wrapped": wrapped}
    dialect = sqlite if db.is_sqlite() else postgresql
    db.connection().execute(dialect.insert(SealMonth).on_conflict_do_nothing(), values)
    return _MONTH_PUBLIC.rows(month=month)[0][0]  # type: ignore[no-any-return]


def seen(mids: Sequence[bytes]) -> Row[bytes, int, bytes] | None:
    """What was answered the last time this message came, if it came."""
    return db.connection().execute(_SEEN, {"mids": mids}).first()


def see(mid: bytes, epoch: int, box: bytes) -> None:
    """Remember a message with its answer; IntegrityError if another delivery was first."""
    db.connection().execute(_SEE, {"mid": mid, "epoch": epoch, "box": box})


def see_again(mid: bytes, box: bytes) -> None:
    """Change what is remembered of a message; nothing happens if it is not known."""
    db.connection().execute(_SEE_AGAIN, {"which": mid, "new_box": box})


def kiosk_seen(key_hash: bytes) -> bytes | None:
    """The hash of the box that came under this name, if one came."""
    found = select(KioskSeen.box_hash).where(KioskSeen.key_hash == key_hash)
    return db.connection().execute(found).scalar()


def see_kiosk(key_hash: bytes, box_hash: bytes, week: str) -> bool:
    """Remember a box unless another one has its name."""
    dialect = sqlite if db.is_sqlite() else postgresql
    values = {"key_hash": key_hash, "box_hash": box_hash, "week": week}
    adding = dialect.insert(KioskSeen).on_conflict_do_nothing()
    return db.connection().execute(adding, values, execution_options={"preserve_rowcount": True}).rowcount == 1


def delete_kiosk_seen(last_week: str) -> int:
    """Forget the boxes that came in this week or before."""
    return db.connection().execute(delete(KioskSeen).where(KioskSeen.week <= last_week)).rowcount


class Found(NamedTuple):
    """What is known of a receipt."""

    response_id: bytes | None
    week: str
    is_read: bool
    themes: str


def receipt(tags: Sequence[bytes]) -> Found | None:
    """The receipt with one of these tags (one a secret key, while keys rotate); found or not, as fast."""
    row = db.connection().execute(_RECEIPT, {"tags": tags}).first()
    return Found(*row) if row else None


def receipt_exists(tag: bytes) -> bool:
    """Whether these words were drawn before."""
    return db.connection().execute(_RECEIPT, {"tags": [tag]}).first() is not None


def add_receipt(tag: bytes, response_id: bytes, week: str) -> None:
    """A new receipt for a response of this week."""
    db.connection().execute(
        insert(Receipt), {"tag": tag, "response_id": response_id, "week": week, "is_read": False, "themes": ""}
    )


def mark_receipt(response_id: bytes, themes: str) -> None:
    """The response was read by a person; its main themes."""
    db.connection().execute(
        update(Receipt).where(Receipt.response_id == response_id).values(is_read=True, themes=themes)
    )


def with_receipt(response_ids: Sequence[bytes]) -> Sequence[bytes]:
    """Which of these responses a receipt still leads to."""
    found = select(Receipt.response_id).where(Receipt.response_id.in_(response_ids)).distinct()
    return [bytes(one) for one in db.connection().execute(found).scalars() if one is not None]


def cut_receipts(last_week: str) -> int:
    """Cut the pointer of every receipt of this week or older; how many were cut."""
    done = db.connection().execute(
        update(Receipt).where(Receipt.week <= last_week, Receipt.response_id.is_not(None)).values(response_id=None)
    )
    return done.rowcount


def delete_receipts(last_week: str) -> int:
    """Delete every receipt of this week or older."""
    return db.connection().execute(delete(Receipt).where(Receipt.week <= last_week)).rowcount


def tables_of_dying_keys() -> list[Table]:
    """Every table whose rows live under a day key: those with an epoch."""
    return [table for table in Model.metadata.sorted_tables if "epoch" in table.c]


def delete_dead_epochs(table: Table, alive: Iterable[int]) -> int:
    """Delete the rows whose day key is gone."""
    return db.connection().execute(delete(table).where(table.c.epoch.not_in(list(alive)))).rowcount


def delete_month(month: str) -> None:
    """Overwrite and delete the wrapped key of a month: its texts can never be read again."""
    connection = db.connection()
    connection.execute(update(SealMonth).where(SealMonth.month == month).values(wrapped=b"\0" * 80))
    connection.execute(delete(SealMonth).where(SealMonth.month == month))


def month_names() -> Sequence[str]:
    """Every month that has a pair; all that the citizens' side may ask of them, but for the public halves."""
    return db.connection().execute(select(SealMonth.month).order_by(SealMonth.month)).scalars().all()


def months_through(last: str) -> Sequence[str]:
    """Months up to and including `last` that can still be read."""
    return db.db.session.scalars(select(SealMonth.month).where(SealMonth.month <= last)).all()


def count_seen() -> int:
    """How many deliveries are remembered."""
    return db.connection().execute(select(func.count()).select_from(Seen)).scalar_one()


def add_mark(mark: bytes, side: str) -> None:
    """Remember what a side's secret leaves behind; whoever was first with it stays."""
    dialect = sqlite if db.is_sqlite() else postgresql
    db.connection().execute(dialect.insert(SideMark).on_conflict_do_nothing(), {"mark": mark, "side": side})
