"""Whatever is wrong, a command says it in one line and ends with 1: no traceback, and nothing of what is stored."""

import os
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pyrage import x25519
from sqlalchemy import create_engine

from app import cli
from app.core import config, db
from app.privacy.backups import encrypting
from app.privacy.backups.encrypting import BackupRefused

Said = tuple[int, list[str]]
Run = Callable[..., Said]
pytestmark = pytest.mark.one_database


@contextmanager
def full_disk(room: int = 0) -> Iterator[None]:
    """No file of this process grows beyond `room` bytes: what a full disk does to who writes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def run(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("backup", path, STEMME_ENV="demo") is `stemme backup …`: how it ended, and its lines on stderr."""

    def run(*arguments: object, **changes: str) -> Said:
        for name, value in (environ | changes).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["stemme", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), capsys.readouterr().err.splitlines()

    return run


def no_links(*_: object) -> None:
    raise PermissionError


@pytest.mark.parametrize(
    ("command", "room", "sentence"),
    [
        ("init", 0, "File too large."),
        ("keys {tmp}/keys", 0, "File too large."),
        ("backup {tmp}/copy", 100_000, "The disk does not take what is written (SQLITE_"),
    ],
)
def test_a_full_disk_is_said(run: Run, tmp_path: Path, command: str, room: int, sentence: str) -> None:
    with full_disk(room):
        code, lines = run(*command.format(tmp=tmp_path).split())

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(sentence)
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize(
    ("command", "changes", "sentence"),
    [
        ("init", {"INSTANCE_DIR": "{file}/under"}, "{file}/under/demo.keys: Not a directory."),
        ("check", {"INSTANCE_DIR": "{file}/under"}, "{file}/under/demo.keys: Not a directory."),
        ("verify", {"DATABASE_URL": "sqlite:///{file}"}, "The database is not a file of SQLite:"),
        ("backup {tmp}/copy", {"DATABASE_URL": "sqlite:///{file}"}, "The database is not a file of SQLite:"),
        ("backup {tmp}/copy", {"DATABASE_URL": "sqlite:///{tmp}/none/x"}, "The database is not ready (SQLITE_CANTOPEN"),
        ("verify", {"AUDIT_ANCHOR": "{tmp}"}, "{tmp}: Is a directory."),
        ("jobs run anchor", {"AUDIT_ANCHOR": "{tmp}"}, "{tmp}: Is a directory."),
        ("jobs run anchor", {"AUDIT_ANCHOR": "{tmp}/none/heads"}, "{tmp}/none/heads: No such file or directory."),
        ("check", {"DATABASE_URL": "postgresql+psycopg://a:hemmeligt@127.1:port/x"}, "Settings refused: STEMME_DATA"),
        ("verify", {"DATABASE_URL": "postgresql+psycopg://a:hemmeligt@127.0.0.1:1/x"}, "The database is not ready"),
        ("roles", {"DATABASE_URL": "postgresql+psycopg://a:hemmeligt@127.0.0.1:1"}, "STEMME_DATABASE_URL names no"),
    ],
)  # fmt: skip
def test_what_is_no_folder_no_database_or_no_address_is_said(
    run: Run, tmp_path: Path, command: str, changes: dict[str, str], sentence: str
) -> None:
    file = tmp_path / "file"
    file.write_text("hemmeligt " * 500, "ascii")
    places = {"tmp": tmp_path, "file": file}

    code, lines = run(
        *command.format(**places).split(), **{f"STEMME_{name}": to.format(**places) for name, to in changes.items()}
    )

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(sentence.format(**places))
    assert "hemmeligt" not in lines[0]


def test_no_anchor_is_what_an_empty_setting_means(run: Run) -> None:
    assert run("jobs", "run", "anchor", STEMME_AUDIT_ANCHOR="") == (0, [])


def test_a_folder_without_hard_links_is_said(
    run: Run, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config.load(environ)  # a demo publishes its own keys in the same way, and would be told so first
    monkeypatch.setattr(os, "link", no_links)

    assert run("init") == (1, ["STEMME_KEYS_DIR must be on a file system with hard links."])


def test_a_night_with_somebody_who_reads_names_the_step(
    run: Run, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "PRAGMAS", tuple(p if p[0] != "busy_timeout" else (p[0], "50", 50) for p in db.PRAGMAS))
    path = environ["STEMME_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM site").fetchall()
        code, lines = run("jobs", "run", "night")

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("The night run is not whole: ")
    assert "busy" in lines[0]


def test_an_empty_file_of_sqlite_is_no_backup(run: Run, environ: dict[str, str], tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/copy")
    with engine.begin() as copy:
        copy.exec_driver_sql("CREATE TABLE about_backup (version VARCHAR(8))")
    engine.dispose()

    said = run("restore", tmp_path / "copy", STEMME_DATABASE_URL=f"sqlite:///{tmp_path}/new")

    assert said == (1, ["copy: this is not a backup."])


def test_a_disk_that_fills_while_a_backup_is_encrypted_is_said(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(os.urandom(100_000))

    with full_disk(room=4096), pytest.raises(BackupRefused, match="is the disk full"):
        encrypting.encrypt(tmp_path / "plain", tmp_path / "copy", str(x25519.Identity.generate().to_public()))


def test_a_fault_of_ours_is_said_by_its_place_and_not_by_what_it_held(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("+4520123456 Flere senge")

    monkeypatch.setattr(os, "link", broken)

    code, lines = run("init")

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("This is a fault of ours, please report it: ValueError at app/")
    assert "4520123456" not in lines[0]
    assert "senge" not in lines[0]
