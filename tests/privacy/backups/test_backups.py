"""Backups: everything comes back as it was, nothing that must die is in one, and nobody reads one without the key."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from pyrage import x25519

from app import create_app, jobs
from app.core import clock, config, db
from app.core.db import Model
from app.desk.accounts import audit
from app.desk.accounts.factors import recovery
from app.privacy import sealing
from app.privacy.backups import copies, encrypting, workshop
from app.privacy.backups.contents import KEPT, LEFT_OUT
from app.privacy.backups.encrypting import BackupRefused
from app.publication import releases
from app.surveys import queries as responses
from tests.architecture.test_migrations import fill
from tests.databases import Databases, create_schema
from tests.desk.accounts import factories as people
from tests.desk.moderation import factories
from tests.requirements import Figure

OURS = x25519.Identity.generate()
WORDS = "Kaffen smager af regnvejr"


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"STEMME_BACKUP_RECIPIENT": str(OURS.to_public())}


@pytest.fixture
def empty(app: Flask, environ: dict[str, str], databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The same house on a new host: its keys, and a database with tables and nothing in them."""
    url = databases.another()
    create_schema(url, tmp_path / "schema")
    other = create_app(config.load(environ | {"STEMME_DATABASE_URL": url}))
    yield other
    with other.app_context():
        db.db.session.remove()
        db.db.engine.dispose()
    databases.forget(url)


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory that no other test uses meanwhile."""
    with tempfile.TemporaryDirectory(dir=workshop.IN_MEMORY) as folder:
        monkeypatch.setattr(workshop, "IN_MEMORY", Path(folder))
        yield Path(folder)


@pytest.fixture
def backup(app: Flask, memory: Path, tmp_path: Path) -> Path:
    """A backup of a house with a little of everything, and a release nobody may change."""
    fill()
    factories.a_text(WORDS, week="2026-W09")
    recovery.make(people.a_user("peer").id)
    db.db.session.commit()
    copies.make(tmp_path / "house.age", clock.now())
    return tmp_path / "house.age"


def everything(names: Collection[str] = KEPT) -> dict[str, list[str]]:
    """Every row that a backup keeps, or of other tables."""
    with db.reading(), db.db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for table in Model.metadata.sorted_tables
            if table.name in names
        }


def found_faults() -> Iterator[str]:
    """What `stemme verify` would say: the release of `fill` never followed another."""
    yield from audit.faults()
    yield from sealing.faults()
    yield from releases.faults()


def test_every_table_is_kept_or_left_out() -> None:
    names = {table.name for table in Model.metadata.sorted_tables}

    assert jobs.JOBS  # so that every model is known
    assert names == KEPT | LEFT_OUT
    assert not KEPT & LEFT_OUT
    assert {table.name for table in Model.metadata.sorted_tables if "epoch" in table.c} <= LEFT_OUT
    pointing = {
        (table.name, key.column.table.name)
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if table.name in KEPT and key.column.table.name in LEFT_OUT
    }
    assert pointing == set()


@pytest.mark.requirement("R15")
def test_on_a_new_host_everything_is_there_again(backup: Path, empty: Flask, figure: Figure) -> None:
    before, known_faults = everything(), list(found_faults())

    with empty.app_context():
        rows = copies.restore(backup, str(OURS))
        db.db.session.commit()
        after = everything()
        faults = list(found_faults())
        with pytest.raises(sa.exc.DatabaseError):
            db.connection().execute(sa.text("UPDATE release SET fault = 'changed'"))
        db.db.session.rollback()
        audit.record("tried", "to go on")
        with pytest.raises(BackupRefused, match="not empty"):
            copies.restore(backup, str(OURS))

    assert after == before
    assert rows == sum(map(len, before.values())) > 30
    assert faults == known_faults
    figure(f"{rows} rows of {sum(map(bool, before.values()))} tables back as they were")


@pytest.mark.one_database
def test_no_recovery_code_that_was_used_since_opens_the_desk_again(backup: Path, empty: Flask) -> None:
    before = everything({"recovery_code"})

    with empty.app_context():
        copies.restore(backup, str(OURS))
        db.db.session.commit()
        after = everything(LEFT_OUT)

    assert before["recovery_code"]
    assert not any(after.values())


def test_the_plain_copy_was_never_on_the_disk(backup: Path, memory: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()

    assert content.startswith(encrypting.FIRST_BYTES)
    assert b"SQLite" not in content
    assert backup.stat().st_mode & 0o777 == 0o600
    assert list(memory.iterdir()) == []
    encrypting.decrypt(backup, tmp_path / "plain", str(OURS))
    assert (tmp_path / "plain").read_bytes().startswith(b"SQLite format 3")


def test_one_that_was_interrupted_neither_counts_nor_stands_in_the_way(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, target = tmp_path / "house.age.new", tmp_path / "house.age"
    left.write_bytes(b"half of one")
    monkeypatch.setattr(encrypting, "encrypt", refuse)

    with pytest.raises(BackupRefused, match="no room"):
        copies.make(target, clock.now())
    assert list(tmp_path.glob("house*")) == []

    monkeypatch.undo()
    left.write_bytes(b"half of one")
    copies.make(target, clock.now())
    assert list(tmp_path.glob("house*")) == [target]
    with pytest.raises(BackupRefused, match=r"house\.age: File exists\."):
        copies.make(target, clock.now())


def refuse(plain: Path, target: Path, recipient: str) -> None:
    """A disk that is full."""
    raise BackupRefused("no room")


def test_a_plain_copy_left_by_one_that_was_killed_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop.host, "is_in_memory", lambda folder: True)
    monkeypatch.setattr(workshop, "IN_MEMORY", tmp_path)
    left, begun = tmp_path / f"{workshop.PREFIX}killed", tmp_path / f"{workshop.PREFIX}begun"
    left.mkdir()
    (left / "plain").write_text("everything")
    os.utime(left, (0, 0))
    begun.mkdir()

    with workshop.opened() as first, workshop.opened() as second:
        assert set(tmp_path.iterdir()) == {first, second, begun}
    assert list(tmp_path.iterdir()) == [begun]


STOPPED_IN_THE_MIDDLE = """
import sys, time
from pathlib import Path
from app.cli import main
from app.privacy.backups import copies, workshop

def wait(plain, draft):
    print(plain, flush=True)
    time.sleep(60)

workshop.IN_MEMORY = Path(sys.argv.pop(1))
copies._seal = wait
main()
"""


@pytest.mark.one_database
@pytest.mark.requirement("R1")
def test_one_that_is_told_to_stop_takes_its_plain_copy_along(environ: dict[str, str], tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)} | environ
    running = subprocess.Popen(
        [sys.executable, "-c", STOPPED_IN_THE_MIDDLE, tmp_path, "backup", tmp_path / "house.age"],
        env=given, cwd=config.ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    with running:
        plain = Path(running.stdout.readline().strip())
        was_there = plain.read_bytes().startswith(b"SQLite")
        running.send_signal(signal.SIGTERM)

    assert was_there
    assert running.returncode == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("house", workshop.PREFIX))] == []


@pytest.mark.requirement("R15")
def test_what_dies_within_the_time_a_backup_is_kept_is_not_in_it(backup: Path, tmp_path: Path, figure: Figure) -> None:
    """The key of March 2026 dies with the end of March 2028: on 2 March 2028 it may be in no new backup."""
    factories.a_text(WORDS, week="2028-W05")
    db.db.session.commit()
    late = datetime(2028, 3, 2, 10, tzinfo=UTC)
    opened = {}
    for name, at in {"early": late - timedelta(days=1), "late": late}.items():
        copies.make(tmp_path / f"{name}.age", at)
        encrypting.decrypt(tmp_path / f"{name}.age", tmp_path / name, str(OURS))
        engine = sa.create_engine(f"sqlite:///{tmp_path / name}")
        with engine.connect() as connection:
            months = set(connection.exec_driver_sql("SELECT month FROM seal_month").scalars())
            boxes = set(connection.exec_driver_sql("SELECT month FROM answer WHERE sealed IS NOT NULL").scalars())
        engine.dispose()
        opened[name] = (months, boxes)

    assert opened == {
        "early": ({"2026-03", "2028-02"}, {"2026-03", "2028-02"}),
        "late": ({"2028-02"}, {"2028-02"}),
    }
    figure("0 boxes and 0 keys of a month that dies within 30 days")


def test_a_backup_that_cannot_be_read_is_refused_in_one_line(backup: Path, empty: Flask, tmp_path: Path) -> None:
    broken, other = tmp_path / "broken", tmp_path / "other"
    broken.write_bytes(backup.read_bytes()[:-40])
    other.write_bytes(b"not a database, and long enough to be taken for one" * 40)
    cases = (
        (backup, str(x25519.Identity.generate()), "does not open with this key"),
        (backup, "nonsense", "no private key of age"),
        (broken, str(OURS), "damaged"),
        (other, "", "not a backup"),
    )

    with empty.app_context():
        for path, identity, sentence in cases:
            with pytest.raises(BackupRefused, match=sentence):
                copies.restore(path, identity)
            db.db.session.rollback()
        assert responses.site("GH1") is None
    with pytest.raises(BackupRefused, match="File exists"):
        copies.make(backup, clock.now())
    with pytest.raises(BackupRefused, match="No such file"):
        copies.make(tmp_path / "nowhere" / "x", clock.now())
