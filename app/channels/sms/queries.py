"""Statements of the SMS channel; prepared once, because every text runs through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    LargeBinary,
    Row,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    text,
    union_all,
    update,
)

from app.channels.sms.models import SmsMeter, SmsSent, SmsSession, SmsSweep
from app.core import db
from app.core.prepared import Prepared, PreparedRows
from app.privacy.models import Seen

MOST_KEYS = 3
"""Today's, yesterday's, and tomorrow's after a clock stepped back."""

_NOTHING = cast(null(), LargeBinary)
_LOOK = Prepared(
    union_all(
        select(literal_column("'seen'"), Seen.mid, Seen.box, literal_column("0")).where(
            Seen.mid.in_([bindparam(f"mid{n}") for n in range(MOST_KEYS)])
        ),
        select(literal_column("'session'"), SmsSession.sid, SmsSession.box, literal_column("0")).where(
            SmsSession.sid.in_([bindparam(f"sid{n}") for n in range(MOST_KEYS)])
        ),
        *(
            select(literal_column(f"'{name}'"), _NOTHING, _NOTHING, func.coalesce(func.sum(SmsMeter.n), 0)).where(
                SmsMeter.epoch == bindparam("epoch"),
                SmsMeter.cell.between(bindparam(f"{name}_first"), bindparam(f"{name}_last")),
            )
            for name in ("number", "hour", "day")
        ),
    )
)
_ADD = Prepared(insert(SmsSession))
_SAVE = Prepared(update(SmsSession).where(SmsSession.sid == bindparam("which")).values(box=bindparam("new_box")))
_END = Prepared(delete(SmsSession).where(SmsSession.sid == bindparam("which")))
_TURN = Prepared(text("SELECT pg_advisory_xact_lock(:lock)"))
_COUNT = PreparedRows(
    SmsMeter,
    lambda counting: counting.on_conflict_do_update(
        index_elements=[SmsMeter.epoch, SmsMeter.cell], set_={"n": SmsMeter.n + counting.excluded.n}
    ),
)
_LEVEL = Prepared(
    select(func.coalesce(func.sum(SmsMeter.n), 0)).where(
        SmsMeter.epoch == bindparam("epoch"), SmsMeter.cell.between(bindparam("first"), bindparam("last"))
    )
)


@dataclass(frozen=True)
class Cells:
    """Where replies are counted today: the number's cell, this hour's and this day's (first and last of each)."""

    epoch: int
    number: tuple[int, int]
    hour: tuple[int, int]
    day: tuple[int, int]

    def bounds(self) -> dict[str, int]:
        """As the statement that looks them up names them."""
        return {
            "number_first": self.number[0], "number_last": self.number[1],
            "hour_first": self.hour[0], "hour_last": self.hour[1],
            "day_first": self.day[0], "day_last": self.day[1],
        }  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What is known when a text comes in: (id, box) of its earlier delivery and of its conversation, and the counts."""

    seen: tuple[bytes, bytes] | None
    session: tuple[bytes, bytes] | None
    levels: dict[str, int]


def wait_for_turn(lock: int) -> None:
    """One text of a telephone at a time. SQLite has one writer at a time anyway."""
    if not db.is_sqlite():
        _TURN.run(lock=lock)


def look(mids: Sequence[bytes], sids: Sequence[bytes], cells: Cells) -> Found:
    """Everything a text needs to know, in one question to the database."""
    rows = _LOOK.rows(epoch=cells.epoch, **_slots("mid", mids), **_slots("sid", sids), **cells.bounds())
    boxes = {kind: (key, box) for kind, key, box, _ in rows if key}
    return Found(boxes.get("seen"), boxes.get("session"), {kind: int(n) for kind, key, _, n in rows if not key})


def _slots(name: str, values: Sequence[bytes]) -> dict[str, bytes]:
    return {f"{name}{n}": values[min(n, len(values) - 1)] for n in range(MOST_KEYS)}


def add(sid: bytes, epoch: int, box: bytes) -> None:
    """Open a conversation."""
    _ADD.run(sid=sid, epoch=epoch, box=box)


def save(sid: bytes, box: bytes) -> None:
    """Keep the new state of a conversation."""
    _SAVE.run(which=sid, new_box=box)


def end(sid: bytes) -> None:
    """Forget a conversation."""
    _END.run(which=sid)


def count(epoch: int, amounts: Mapping[int, int]) -> None:
    """Count so many more in these cells today, in their order, so that two writers cannot block each other."""
    _COUNT.run([{"epoch": epoch, "cell": cell, "n": n} for cell, n in sorted(amounts.items())])


def level(epoch: int, first: int, last: int) -> int:
    """How many were counted today in these cells."""
    return int(_LEVEL.rows(epoch=epoch, first=first, last=last)[0][0])


def open_conversations() -> int:
    """How many conversations are open."""
    return db.connection().execute(select(func.count()).select_from(SmsSession)).scalar_one()


# ── the sweep, and texts sent by API ──────────────────────────────────────────────


def sweep_row(provider: str) -> Row[float, float, int] | None:
    """How far the sweeps of this carrier have come: complete_until, erased_until, oldest_hours."""
    columns = (SmsSweep.complete_until, SmsSweep.erased_until, SmsSweep.oldest_hours)
    return db.connection().execute(select(*columns).where(SmsSweep.provider == provider)).first()


def add_sweep(provider: str, since: float) -> None:
    """The first sweep of this carrier: what came before is not ours to take."""
    values = {"provider": provider, "complete_until": since, "erased_until": 0.0, "oldest_hours": 0}
    db.connection().execute(insert(SmsSweep), values)


def change_sweep(provider: str, **values: float) -> None:
    """Move the marks of this carrier's sweep."""
    db.connection().execute(update(SmsSweep).where(SmsSweep.provider == provider).values(**values))


def add_sent(reference: bytes, epoch: int, state: str) -> None:
    """Write a text down that is about to be sent by API."""
    db.connection().execute(insert(SmsSent), {"reference": reference, "epoch": epoch, "state": state})


def sent_state(reference: bytes) -> str | None:
    """What became of a text sent by API, as far as we were told."""
    return db.connection().execute(select(SmsSent.state).where(SmsSent.reference == reference)).scalar()


def climb(reference: bytes, state: str, beneath: Sequence[str]) -> bool:
    """Let the state be this one if it now is one of those beneath; whether it was."""
    higher = update(SmsSent).where(SmsSent.reference == reference, SmsSent.state.in_(beneath)).values(state=state)
    return db.connection().execute(higher).rowcount == 1
