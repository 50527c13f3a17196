"""How the databases store: the same posture on every connection of every tool, and what is deleted is gone."""

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import flask_migrate
import pysqlite3.dbapi2 as another_build  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Engine, event

from app import jobs
from app.commands import preparing
from app.core import clock, config, db
from app.privacy.backups import copies
from app.rehearsal import sandbox
from tests.mutants import storage_mutants
from tests.requirements import Figure

ROWS = 200
MARK = "words that were taken back"
OPENING = {f"{module}{name}" for module in ("", "sa.", "sqlalchemy.") for name in ("create_engine", "connect")}
OPENING |= {"sqlite3.connect", "psycopg.connect", "psycopg.Connection.connect"}
MAY_CONNECT = {"app/core/db.py", "app/privacy/backups/copies.py"}
"""Where a connection may be made: behind the hook that prepares it."""


@contextmanager
def watched() -> Iterator[list[dict[str, Any]]]:
    """What every connection that is made inside answers when it is asked how it stores."""
    answers: list[dict[str, Any]] = []

    def ask(connection: Any, _: object) -> None:
        if hasattr(connection, "pgconn"):
            shown = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name, _ in db.POSTGRES_SETTINGS}
            connection.rollback()
        else:
            shown = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name, _, _ in db.PRAGMAS}
        answers.append(shown)

    event.listen(Engine, "connect", ask)
    yield answers
    event.remove(Engine, "connect", ask)


POSTURE = {name: value for name, _, value in db.PRAGMAS}
POSTGRES_POSTURE = dict(db.POSTGRES_SETTINGS)


def is_as_all_must(shown: dict[str, Any]) -> bool:
    """Whether a connection stores as all must."""
    return shown == (POSTURE if "journal_mode" in shown else POSTGRES_POSTURE)


def a_request(app: Flask) -> None:
    app.test_client().get("/readyz")


def a_worker(app: Flask) -> None:
    jobs.work(app, pause=0, rounds=1)


def a_migration(app: Flask) -> None:
    flask_migrate.Migrate(app, db.db, directory=preparing.MIGRATIONS)
    flask_migrate.current(preparing.MIGRATIONS)


def a_backup(app: Flask) -> None:
    copies.make(config.settings().instance_dir / "backup", clock.now())


def a_rehearsal(app: Flask) -> None:
    sandbox.begin(app.extensions["create_app"], lambda: None, within=config.settings().instance_dir / "rehearsals")


TOOLS = (a_request, a_worker, a_migration, a_backup, a_rehearsal)


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.__name__)
def test_every_connection_of_every_tool_stores_as_all_must(
    app: Flask, content: None, tool: Callable[[Flask], None], monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    monkeypatch.setattr(jobs, "JOBS", [job for job in jobs.JOBS if job.name in ("batch", "retention")])
    db.db.session.remove()
    db.db.engine.dispose()

    with watched() as answers:
        tool(app)

    assert answers
    assert [shown for shown in answers if not is_as_all_must(shown)] == []
    figure(f"{len(answers)} connections of {tool.__name__.replace('_', ' ')}")


@pytest.mark.requirement("R13", mutants=True)
def test_a_connection_that_stores_otherwise_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if not db.is_sqlite():
        pytest.skip("a mutant of SQLite")
    storage_mutants.fast_deletion(monkeypatch)
    db.db.engine.dispose()

    with watched() as answers:
        a_request(app)

    assert not any(map(is_as_all_must, answers))


@pytest.mark.requirement("R13")
def test_a_database_that_does_not_keep_what_it_is_told_is_not_used() -> None:
    with pytest.raises(RuntimeError, match="journal_mode"):
        sa.create_engine("sqlite://").connect()


def leftovers(folder: Path, build: ModuleType) -> int:
    """How often deleted words still stand in the files: written, deleted, the log emptied, no VACUUM."""
    engine = sa.create_engine(f"sqlite:///{folder / 'deleted.sqlite3'}", module=build, poolclass=sa.pool.NullPool)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) SELECT i, "
    for statement in (
        "CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT)",
        f"INSERT INTO said {numbers} printf('{MARK} %06d %.900c', i, '.') FROM n",
        "DELETE FROM said WHERE id % 10 <> 0",
        "DELETE FROM said",
    ):
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()
    raw = engine.raw_connection()
    assert raw.driver_connection is not None
    assert raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    raw.close()
    return sum(path.read_bytes().count(MARK.encode()) for path in folder.glob("deleted.sqlite3*"))


BUILDS = [sqlite3, another_build]


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_what_is_deleted_is_overwritten_on_either_build(tmp_path: Path, build: ModuleType, figure: Figure) -> None:
    found = leftovers(tmp_path, build)

    assert found == 0
    figure(f"{found} of {ROWS} deleted rows found with {build.__name__} {build.sqlite_version}")


@pytest.mark.requirement("R13", mutants=True)
@pytest.mark.parametrize("mutant", storage_mutants.DELETING, ids=lambda mutant: mutant.__name__)
def test_what_is_not_overwritten_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: storage_mutants.Mutant
) -> None:
    mutant(monkeypatch)

    assert leftovers(tmp_path, another_build) > 0


def connecting(source: str) -> list[str]:
    """Calls that open a database by themselves."""
    if "connect(" not in source and "create_engine(" not in source:
        return []
    calls = (ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call for call in calls if call in OPENING]


@pytest.mark.requirement("R13")
def test_nobody_opens_a_database_by_themselves() -> None:
    sources = {str(path.relative_to(config.ROOT)): path for path in (config.ROOT / "app").rglob("*.py")}

    assert {name for name, path in sources.items() if connecting(path.read_text("utf-8"))} <= MAY_CONNECT


@pytest.mark.requirement("R13", mutants=True)
@pytest.mark.parametrize("line", storage_mutants.RAW_CONNECTIONS)
def test_a_raw_connection_is_found(line: str) -> None:
    assert connecting(line) != []
