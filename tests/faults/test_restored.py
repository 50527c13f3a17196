"""A house that was restored on a new host (F16): the same rows, nobody's number, no order, no open thread."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from pyrage import x25519

from app import create_app
from app.commands.backing_up import backup, restore
from app.core import config, db
from app.privacy.backups.contents import KEPT
from tests.databases import Databases, Postgres
from tests.privacy import forensics, order
from tests.privacy.many_conversations import Crowd
from tests.requirements import IN_FULL, Figure

PEOPLE, WRITERS = (600, 200) if IN_FULL else (60, 4)
OURS = x25519.Identity.generate()
Command = Callable[..., Result]


@pytest.fixture
def new_host(databases: Databases, tmp_path: Path) -> Iterator[Databases]:
    """A machine on which nobody ever wrote: a server of PostgreSQL of its own, or another folder."""
    if databases.server is None:
        folder = tmp_path / "new host"
        folder.mkdir()
        yield Databases("sqlite", folder, None)
        return
    if not IN_FULL:
        pytest.skip("a second server: in full only")
    server = Postgres()
    server.start()
    there = Databases("postgresql", tmp_path, server)
    yield there
    there.close()
    server.stop()


@pytest.fixture
def command(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """command(restore, file, url="…") as an operator runs it, with the keys of the house."""

    def run(name: object, *arguments: object, url: str = "") -> Result:
        given = environ | {"STEMME_BACKUP_RECIPIENT": str(OURS.to_public())}
        for key, value in (given | ({"STEMME_DATABASE_URL": url} if url else {})).items():
            monkeypatch.setenv(key, value)
        return CliRunner().invoke(name, [str(one) for one in arguments])  # type: ignore[arg-type]

    return run


@pytest.mark.requirement("R15")
def test_what_was_restored_tells_neither_who_wrote_nor_who_came_first(
    app: Flask, content: None, databases: Databases, new_host: Databases, command: Command, environ: dict[str, str],
    tmp_path: Path, figure: Figure,
) -> None:  # fmt: skip
    folder = new_host.server.folder if new_host.server else new_host.folder
    key, copy, url = tmp_path / "identity", tmp_path / "house.age", new_host.another()
    key.write_text(f"{OURS}\n", "ascii")
    crowd = Crowd(app, seed="restored", numbers=databases.kind, disk=lambda n: forensics.found([folder], n))
    crowd.speak(WRITERS)
    ids = order.arrive(PEOPLE)
    before = counted()
    db.db.session.remove()

    made = command(backup, copy)
    back = command(restore, copy, "--identity", key, url=url)

    assert (made.exit_code, back.exit_code) == (0, 0), (made.output, back.output)
    other = create_app(config.load(environ | {"STEMME_DATABASE_URL": url}))
    with other.app_context():
        assert counted() == before
        seen = order.seen(ids, new_host)
        assert order.told(seen) == []
        threads = [db.connection().scalar(sa.text(f"SELECT count(*) FROM {t}")) for t in ("sms_session", "seen")]
        assert threads == [0, 0]
        db.db.session.remove()
        db.db.engine.dispose()
    needles = crowd.needles()
    assert forensics.found([folder], needles) == []
    figure(f"{databases.kind}: 0 of {len(needles):,} spellings and 0 of {len(seen)} orders in a restored house")


def counted() -> dict[str, int]:
    """How many rows each table has that a backup keeps as they are."""
    with db.reading(), db.db.engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in KEPT - {"audit", "seal_month"}  # the restoring is noted, and months to come get their key
        }
