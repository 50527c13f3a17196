"""Statements of the SMS channel; prepared once, because every text runs through them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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
    union_all,
    update,
)

from app.channels.sms.models import SmsMeter, SmsSent, SmsSession, SmsSweep
from app.core import db
from app.core.prepared import Prepared, PreparedRows, Together
from app.privacy import queries as privacy
from app.privacy.models import SealMonth, Seen
from app.surveys import queries as surveys

_NOTHING = cast(null(), LargeBinary)
_LOOK = Prepared(
    union_all(
        select(Seen.mid, Seen.box, literal_column("0"), literal_column("0")).where(
            Seen.mid.in_(bindparam("mids", expanding=True))
        ),
        select(SmsSession.sid, SmsSession.box, literal_column("0"), literal_column("0")).where(
            SmsSession.sid.in_(bindparam("sids", expanding=True))
        ),
        select(_NOTHING, SealMonth.public, literal_column("-1"), literal_column("0")).where(
            SealMonth.month == bindparam("month")
        ),
        select(_NOTHING, _NOTHING, SmsMeter.cell, SmsMeter.n).where(
            SmsMeter.epoch == bindparam("epoch"), SmsMeter.cell.in_(bindparam("cells", expanding=True))
        ),
    )
)
_BOX = LargeBinary()
_COUNT = PreparedRows.inserting(
    SmsMeter,
    lambda counting: counting.on_conflict_do_update(
        index_elements=[SmsMeter.epoch, SmsMeter.cell], set_={"n": SmsMeter.n + counting.excluded.n}
    ),
)
_KEEP = Together(
    responses=surveys.ADD_RESPONSES,
    answers=surveys.ADD_ANSWERS,
    changed=surveys.CHANGE_RESPONSES,
    opened=PreparedRows.inserting(SmsSession, lambda adding: adding.on_conflict_do_nothing()),
    saved=PreparedRows.changing(
        lambda new: (
            update(SmsSession).where(SmsSession.sid == new.which, SmsSession.box == new.old_box).values(box=new.new_box)
        ),
        which=_BOX, old_box=_BOX, new_box=_BOX,
    ),
    ended=PreparedRows.changing(
        lambda new: delete(SmsSession).where(SmsSession.sid == new.which, SmsSession.box == new.old_box),
        which=_BOX, old_box=_BOX,
    ),
    claimed=privacy.CLAIM,
    events=surveys.COUNT_PARADATA,
    amounts=_COUNT,
)  # fmt: skip
"""What texts write; last the counts, because everybody's texts change the same ones."""
_LEVEL = Prepared(select(SmsMeter.n).where(SmsMeter.epoch == bindparam("epoch"), SmsMeter.cell == bindparam("cell")))


class Known(NamedTuple):
    """What is known when texts come in."""

    boxes: Mapping[bytes, bytes]
    """Of earlier deliveries and of open conversations, by their ids."""
    levels: Mapping[int, int]
    """How much was counted today, by cell."""
    month: bytes | None
    """The public half of the month's pair, if the month is made."""


def look(mids: Sequence[bytes], sids: Sequence[bytes], epoch: int, cells: Sequence[int], month: str) -> Known:
    """Everything texts need to know, in one question to the database."""
    rows = _LOOK.rows(mids=mids, sids=sids, epoch=epoch, cells=cells, month=month)
    return Known(
        {key: box for key, box, _, _ in rows if key is not None},
        {cell: n for key, box, cell, n in rows if key is None and box is None},
        next((box for key, box, _, _ in rows if key is None and box is not None), None),
    )


def keep(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    """Write everything that texts store, by the names of `_KEEP`; how many rows were written of each.

    A conversation is opened, saved or ended only where it stands as it was read, and a message is claimed only
    once: fewer rows than were given mean that another text was first.
    """
    return _KEEP.run(rows)


def count(epoch: int, cell: int, n: int) -> None:
    """Count so many more in this cell today."""
    _COUNT.run([{"epoch": epoch, "cell": cell, "n": n}])


def level(epoch: int, cell: int) -> int:
    """How many were counted today in this cell."""
    found = _LEVEL.rows(epoch=epoch, cell=cell)
    return int(found[0][0]) if found else 0


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
