"""An audit trail in tests, and what somebody can do to it who owns the database but not the key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core import clock, db
from app.desk.accounts import anchor, audit, queries
from app.desk.accounts.models import Audit, AuditCut

ROWS, FORGED = 6, 4
"""How many rows there are, and the one somebody wants to read otherwise."""


@contextmanager
def triggers_asleep() -> Iterator[None]:
    """As somebody who owns the database could; afterwards the triggers are back, and what was changed is stored."""
    made = []
    if db.is_sqlite():
        known = db.connection().execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        made = [(name, sql) for name, sql in known if name.startswith("audit")]
        for name, _sql in made:
            db.connection().execute(text(f"DROP TRIGGER {name}"))
    else:
        db.connection().execute(text("SET LOCAL session_replication_role = replica"))
    yield
    for _name, sql in made:
        db.connection().execute(text(sql))
    db.db.session.commit()
    db.db.session.expire_all()


def behind_the_triggers(*statements: str) -> None:
    """These statements, as somebody who owns the database could."""
    with triggers_asleep():
        for statement in statements:
            db.connection().execute(text(statement))


def complaints() -> list[str]:
    """What is wrong with the trail, by trying; nothing for one that keeps what it promises.

    The settings must name a file for the head.
    """
    for number in range(1, ROWS + 1):
        audit.record("site.rename", f"GH{number}", count=number, detail="Blik > Blok", actor="x" * 32)
    db.db.session.commit()
    anchor.keep(clock.now())
    found = _found()
    return [
        *([f"a whole trail is said to be broken: {found}"] if found else []),
        *(complaint for attempt in ATTEMPTS for complaint in _tried(attempt)),
    ]


def _found() -> list[str]:
    return [*audit.faults(), *anchor.faults(clock.today())]


def _tried(attempt: Callable[[], Iterator[str]]) -> list[str]:
    """What an attempt complains of; afterwards every row is there again."""
    rows = [dict(row) for row in db.connection().execute(select(Audit.__table__)).mappings()]
    db.db.session.rollback()
    complaints = list(attempt())
    with triggers_asleep():
        for table in (Audit, AuditCut):
            db.connection().execute(delete(table))
        db.connection().execute(insert(Audit), rows)
    return complaints


def update_by_sql() -> Iterator[str]:
    """Another word in a row."""
    yield from _is_refused(f"UPDATE audit SET detail = 'x' WHERE seq = {FORGED}")


def delete_by_sql() -> Iterator[str]:
    """A row less."""
    yield from _is_refused(f"DELETE FROM audit WHERE seq = {FORGED}")


def _is_refused(statement: str) -> Iterator[str]:
    try:
        db.connection().execute(text(statement))
        db.db.session.commit()
    except DBAPIError:
        db.db.session.rollback()
    else:
        yield f"the database allows {statement.split(maxsplit=1)[0]}"


def flip_one_byte() -> Iterator[str]:
    """One byte of each column in turn."""
    row = db.db.session.get(Audit, FORGED)
    assert row
    flipped: dict[str, Any] = {name: _flipped(getattr(row, name)) for name in ("actor", "act", "target", "detail")}
    flipped |= {"at": row.at + timedelta(seconds=1), "count": (row.count or 0) ^ 1, "mac": _flipped(row.mac)}
    for name, value in flipped.items():
        own = getattr(db.db.session.get(Audit, FORGED), name)
        _write(FORGED, **{name: value})
        if f"audit: row {FORGED} was changed" not in _found()[:1]:
            yield f"a flipped byte of {name} is not seen at row {FORGED}"
        _write(FORGED, **{name: own})


def seal_anew_without_the_key() -> Iterator[str]:
    """Everything from the forged row on gets a new seal, made from what stands in the database and in the code."""
    rows = {row.seq: row for row in queries.audit_chain()}
    before, sealed = rows[FORGED - 1].mac, {}
    for seq in range(FORGED, ROWS + 1):
        row = rows[seq]
        row.detail = "Noget andet" if seq == FORGED else row.detail
        before = sealed[seq] = audit._mac(b"", before, row)
    db.db.session.rollback()
    _write(FORGED, detail="Noget andet")
    for seq, mac in sealed.items():
        _write(seq, mac=mac)
    if not list(audit.faults()):
        yield "a trail that somebody without the key sealed anew is believed"


def cut_the_tail() -> Iterator[str]:
    """The last rows are gone."""
    behind_the_triggers(f"DELETE FROM audit WHERE seq > {FORGED}")
    if not _found():
        yield "a missing tail is not seen"


def cut_the_old_end() -> Iterator[str]:
    """The first rows are gone, and the table says that this is how it should be."""
    row = db.db.session.get(Audit, FORGED)
    assert row
    last = row.mac
    with triggers_asleep():
        db.connection().execute(insert(AuditCut).values(seq=FORGED, last_mac=last, mac=bytes(32)))
        db.connection().execute(delete(Audit).where(Audit.seq <= FORGED))
    if not _found():
        yield "a trail that somebody without the key cut is believed"


ATTEMPTS = (update_by_sql, delete_by_sql, flip_one_byte, seal_anew_without_the_key, cut_the_tail, cut_the_old_end)


def _flipped(value: Any) -> Any:
    return bytes([value[0] ^ 1]) + value[1:] if isinstance(value, bytes) else chr(ord(value[0]) ^ 1) + value[1:]


def _write(seq: int, **values: Any) -> None:
    with triggers_asleep():
        db.connection().execute(update(Audit).where(Audit.seq == seq).values(**values))
