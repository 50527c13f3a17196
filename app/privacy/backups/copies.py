"""The database into a fresh SQLite file, and such a file into an empty database (docs/running.md, "Backups")."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.exc import DatabaseError, NoResultFound
from sqlalchemy.pool import NullPool

from app.core import config, db, health, leases
from app.core.db import Model
from app.privacy import retention
from app.privacy.backups import encrypting, queries, workshop
from app.privacy.backups.contents import KEPT
from app.privacy.backups.encrypting import BackupRefused

DAYS = 30
"""How long a backup may be kept. The key of a month that dies within this time is in none."""
LONGEST_WITHOUT = 2 * 24 * 3600  # seconds
LEASE = "backup"
"""Under this name the table of timed jobs knows when the last one was made; a timer outside the house asks for it."""
Change = Callable[[dict[str, Any]], dict[str, Any]]


def make(target: Path, now: datetime) -> int:
    """Write a backup of everything in KEPT to `target`, mode 0600; how many rows it holds.

    It is encrypted to STEMME_BACKUP_RECIPIENT; only outside production may there be none. It has its name only when
    it is whole and on the disk. Raises BackupRefused where the file is there already or cannot be written.
    """
    draft = _draft(target)
    try:
        with workshop.opened() as folder:
            rows = _copy_out(folder / "plain", now)
            _seal(folder / "plain", draft)
        draft.rename(target)
    except BaseException:
        draft.unlink()
        raise
    return rows


def note(now: datetime) -> None:
    """Keep when the last backup was made, for whoever watches; commits."""
    holder = secrets.token_hex(8)
    if leases.take(LEASE, holder, now.timestamp()):
        leases.give_back(LEASE, holder, now.timestamp())


def is_late(now: datetime) -> bool:
    """Whether none was made in the last two days."""
    return now.timestamp() - leases.last_runs().get(LEASE, 0.0) > LONGEST_WITHOUT


def restore(source: Path, identity: str) -> int:
    """Pour a backup into this database, which has its tables and nothing in them; how many rows came in.

    The caller forgets what is due and commits. Raises BackupRefused where the backup does not open, is of
    another version, or the database is not empty.
    """
    refuse_unless_empty()
    with workshop.opened() as folder:
        if encrypting.is_encrypted(source):
            encrypting.decrypt(source, folder / source.name, identity)
        else:
            shutil.copy(source, folder)
        return _copy_in(folder / source.name)


def refuse_unless_empty() -> None:
    """A backup is poured into an empty database only: it would bring back what was taken back since."""
    full = next((table.name for table in _tables() if not queries.is_empty(db.connection(), table)), None)
    if full:
        raise BackupRefused(f"The database is not empty: {full} has rows. Restore into a fresh one.")


def _draft(target: Path) -> Path:
    """The empty file a backup grows in; one that a killed backup left is written over."""
    draft = target.with_name(f"{target.name}.new")
    try:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        draft.touch(mode=0o600)
    except OSError as error:
        raise BackupRefused(f"{target}: {error.strerror}.") from error
    return draft


def _seal(plain: Path, draft: Path) -> None:
    recipient = config.settings().backup_recipient
    if recipient:
        encrypting.encrypt(plain, draft, recipient)
    else:
        shutil.copyfile(plain, draft)
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _copy_out(path: Path, now: datetime) -> int:
    db.db.session.rollback()
    with _file(path) as copy, db.reading(), db.db.engine.connect() as source:
        queries.read_for_long(source)
        Model.metadata.create_all(copy, tables=_tables())
        queries.sign(copy, health.newest_migration())
        return _pour(source, copy, _without_dying_months(now))


def _without_dying_months(now: datetime) -> dict[str, Change]:
    """A backup must not outlive the right to read what is in it: neither the month's key nor its boxes."""
    last = retention.last_expired_month(now + timedelta(days=DAYS))

    def month(row: dict[str, Any]) -> dict[str, Any]:
        return row if row["month"] > last else {}

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        return row if row["month"] > last else row | {"sealed": None}

    return {"seal_month": month, "answer": answer}


def _copy_in(plain: Path) -> int:
    target = db.connection()
    queries.write_for_long(target)
    try:
        with _file(plain) as copy:
            version = queries.signed(copy)
            if version != health.newest_migration():
                raise BackupRefused(f"The backup is of version {version}, this is {health.newest_migration()}.")
            return _pour(copy, target, {})
    except (DatabaseError, NoResultFound) as error:
        raise BackupRefused(f"{plain.name}: this is not a backup.") from error


def _pour(source: Connection, target: Connection, changes: Mapping[str, Change]) -> int:
    """Everything from one database into another, parents first and else in random order; how many rows."""
    copied = 0
    with queries.silencing_triggers(target, _tables()):
        for table in _tables():
            for rows in _parents_first(table, queries.shuffled(source, table)):
                change = changes.get(table.name)
                kept = [new for row in rows if (new := change(row))] if change else rows
                queries.pour(target, table, kept)
                copied += len(kept)
            queries.count_on(target, table)
    return copied


def _parents_first(table: Table, parts: Iterable[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in parts, none before the row of its own table that it points at."""
    inner = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    if not inner:
        yield from parts
        return
    rows = [row for some in parts for row in some]
    known: dict[str, set[Any]] = {target: {None} for _, target in inner}
    while rows:
        ready = [row for row in rows if all(row[name] in known[target] for name, target in inner)]
        for _, target in inner:
            known[target] |= {row[target] for row in ready}
        yield ready
        rows = [row for row in rows if row not in ready]


def _tables() -> list[Table]:
    return [table for table in Model.metadata.sorted_tables if table.name in KEPT]


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    """A connection to a SQLite file of its own, with the same pragmas as every other."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        yield connection
    engine.dispose()
