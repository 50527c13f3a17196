"""`stemme backup` and `stemme restore` as an operator runs them, on a new host and months later (F16)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from pyrage import x25519

from app.commands.backing_up import backup, restore
from app.core import db
from app.desk.accounts import audit
from app.privacy import receipts
from app.surveys.models import Response
from tests.databases import Databases
from tests.desk.moderation import factories
from tests.requirements import Figure

OURS = x25519.Identity.generate()
Run = Callable[..., Result]


@pytest.fixture
def house(app: Flask, content: None, databases: Databases) -> None:
    """Somebody answered in March 2026 and took a code."""
    if databases.kind != "sqlite":
        pytest.skip("the command is the same; tests/privacy/backups has both databases")
    factories.a_text("Kaffen smager af regnvejr", week="2026-W10")
    response = db.db.session.query(Response).one()
    receipts.issue(response.id, response.week)
    audit.record("tried", actor="command line")
    db.db.session.commit()
    db.db.session.remove()


@pytest.fixture
def run(environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on this host, or with `database` on a new one that has the same keys."""

    def run(command: object, *arguments: object, database: Path | None = None) -> Result:
        given = environ | {"STEMME_BACKUP_RECIPIENT": str(OURS.to_public())}
        given |= {"STEMME_AUDIT_ANCHOR": str(tmp_path / "heads")}
        if database:
            given |= {"STEMME_DATABASE_URL": f"sqlite:///{database}"}
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(command, [str(one) for one in arguments])  # type: ignore[arg-type]

    return run


@pytest.mark.requirement("R15")
def test_what_became_due_since_the_backup_is_forgotten_before_anybody_asks(
    house: None, run: Run, tmp_path: Path, figure: Figure
) -> None:
    key, copy, new = tmp_path / "identity", tmp_path / "march.age", tmp_path / "new.sqlite3"
    key.write_text(f"# created: long ago\n{OURS}\n", "ascii")
    (tmp_path / "heads").write_text(f"2026-03-04 9 {'0a' * 32}\n", "ascii")  # of the day that is lost

    made = run(backup, copy)
    back = run(restore, copy, "--identity", key, database=new)
    again = run(restore, copy, "--identity", key, database=new)

    assert made.exit_code == 0, made.output
    assert back.exit_code == 0, back.output
    assert back.output.endswith("Everything is as it was frozen.\n")
    assert "Lost with the old database: rows of the audit trail up to 9" in back.output
    with closing(sqlite3.connect(new)) as there:
        counts = {
            name: there.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("response", "answer", "receipt", "audit", "sms_session", "seen", "staff_session")
        }
        pointers = there.execute("SELECT count(*) FROM receipt WHERE response_id IS NOT NULL").fetchone()[0]
    assert counts == {
        "response": 1, "answer": 1, "receipt": 1, "audit": 2, "sms_session": 0, "seen": 0, "staff_session": 0,
    }  # fmt: skip
    assert pointers == 0
    assert "not empty" in str(again.exception)
    figure("a receipt's pointer that died since the backup is cut by the restore")


def test_an_encrypted_backup_asks_for_its_key(house: None, run: Run, tmp_path: Path) -> None:
    run(backup, tmp_path / "a.age")

    refused = run(restore, tmp_path / "a.age", database=tmp_path / "new.sqlite3")

    assert "give the private key with --identity" in str(refused.exception)
