"""Production does not start on a machine or a database that keeps what we promised not to keep."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from app.core import config, db, host, postgres, roles
from app.core.config import ROOT, SettingsRefused
from app.privacy import sides, starting
from tests.databases import Databases
from tests.production import DESK

TWILIO = {"STEMME_TWILIO_ACCOUNT_SID": "AC0", "STEMME_TWILIO_AUTH_TOKEN": "token"}
Put = Callable[..., None]


@pytest.fixture
def production(app: Flask, environ: dict[str, str]) -> Put:
    """production(side="citizen") lets the app at hand have the settings of production."""

    def put(**changes: str) -> None:
        given = DESK | TWILIO | changes
        names = ("STEMME_INSTANCE_DIR", "STEMME_DATABASE_URL")
        app.extensions["settings"] = config.load(given | {name: environ[name] for name in names})

    return put


def refusal() -> str:
    """What a start says that is refused."""
    with pytest.raises(SettingsRefused) as refused:
        starting.check()
    return str(refused.value)


def test_a_swap_that_could_be_read_keeps_production_from_starting(
    app: Flask, production: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    production()
    monkeypatch.setattr(host, "plain_swaps", lambda: ["/dev/sda2"])

    assert "the swap /dev/sda2 is not encrypted" in refusal()


@pytest.mark.parametrize(("side", "is_refused"), [("citizen", True), ("desk", False)])
def test_a_folder_in_which_no_key_can_be_made_keeps_the_citizens_side_from_starting(
    app: Flask, monkeypatch: pytest.MonkeyPatch, side: str, is_refused: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    app.extensions["settings"] = settings = replace(config.settings(), side=side)
    monkeypatch.setattr(os, "link", no_links)

    said = "; ".join(starting.faults(settings))

    assert ("STEMME_KEYS_DIR, which needs hard links" in said) is is_refused


def test_a_server_that_keeps_times_keeps_production_from_starting(
    app: Flask, production: Put, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of these tests is set as operators are told, but does not wait for its disk."""
    monkeypatch.setattr(host, "plain_swaps", list)
    production()
    if databases.server is None:
        starting.check()
        return

    said = refusal()

    assert "PostgreSQL's fsync must be on" in said
    assert "PostgreSQL's full_page_writes must be on" in said
    assert said.count("PostgreSQL's") == 2


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"STEMME_BACKUP_RECIPIENT": "age1bogus"}, "STEMME_BACKUP_RECIPIENT is not a public key of age (age1…)"),
        ({"STEMME_BACKUP_RECIPIENT": DESK["STEMME_BACKUP_RECIPIENT"][:-1] + "x"}, "not a public key of age"),
        ({"STEMME_AUDIT_ANCHOR": "/proc/heads"}, "STEMME_AUDIT_ANCHOR cannot be written: No such file or directory"),
    ],
)
def test_what_would_be_missed_much_later_keeps_production_from_starting(
    app: Flask, production: Put, change: dict[str, str], line: str
) -> None:
    production(**change)

    assert line in refusal()


def test_an_anchor_that_can_be_written_is_left_as_it_was(app: Flask, production: Put, tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a line\n", "utf-8")
    production(STEMME_AUDIT_ANCHOR=str(tmp_path / "heads"))

    assert [fault for fault in starting.faults(config.settings()) if "ANCHOR" in fault] == []
    assert (tmp_path / "heads").read_text("utf-8") == "a line\n"


def test_every_setting_of_the_list_is_asked_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has none of it is told all of it."""
    names = postgres.wanted()
    monkeypatch.setattr(postgres, "wanted", lambda: dict.fromkeys(names, "otherwise"))

    told = postgres.differences(db.connection())

    assert len(names) >= 18
    assert {"wal_recycle", "track_commit_timestamp", "log_min_error_statement", "archive_mode"} <= set(names)
    assert len(told) == (0 if db.is_sqlite() else len(names))


def test_a_secret_of_the_other_side_is_known_again(app: Flask, production: Put) -> None:
    production(STEMME_SECRET_KEY="of-the-desk-0123456789-abcdefghij,older-of-the-desk-0123456789-abc")
    sides.leave_marks()
    sides.leave_marks()
    assert list(sides.faults()) == []

    for secret in (
        "of-the-desk-0123456789-abcdefghij",
        "a-new-one-0123456789-abcdefghijkl,older-of-the-desk-0123456789-abc",
    ):
        as_citizen(app, secret)
        assert [fault for fault in sides.faults() if "each side needs its own" in fault]
    as_citizen(app, "a-new-one-0123456789-abcdefghijkl")
    assert list(sides.faults()) == []


def as_citizen(app: Flask, secret: str) -> None:
    given = {"STEMME_ENV": "testing", "STEMME_SIDE": "citizen", "STEMME_SECRET_KEY": secret}
    app.extensions["settings"] = config.load(given | {"STEMME_INSTANCE_DIR": str(config.settings().instance_dir)})


def test_a_citizens_side_with_the_rights_of_the_owner_does_not_start(app: Flask, databases: Databases) -> None:
    faults = list(roles.faults("citizen"))

    assert (databases.server is None) is (faults == [])
    assert databases.server is None or "and must not: it should be stemme_citizen" in faults[0]


def test_a_desk_that_does_not_own_the_tables_does_not_start(app: Flask, databases: Databases) -> None:
    if databases.server:
        role = f"stranger_{os.getpid()}"
        with psycopg.connect(databases.template.replace("+psycopg", ""), autocommit=True) as administrator:
            administrator.execute(f"CREATE ROLE {role}")
        db.connection().exec_driver_sql(f"SET LOCAL ROLE {role}")

    faults = list(roles.faults("desk"))

    assert len(faults) == (1 if databases.server else 0)


def test_a_process_that_is_refused_says_one_line_and_ends(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "STEMME_ENV": "production", "STEMME_INSTANCE_DIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], capture_output=True, text=True, cwd=ROOT, env=environ, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Settings refused: ")
    assert done.stderr.count("\n") == 1
