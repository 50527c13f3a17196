"""The disk is full: a text hears "try again", never a reply without its row, and all is well when there is room."""

import os
import resource
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.core import db
from tests.channels.sms import factories
from tests.databases import Databases
from tests.faults import verdict
from tests.faults.post import post
from tests.faults.stories import Row
from tests.live import LiveServer
from tests.requirements import IN_FULL

LONG = "Der mangler alt muligt her i huset og det har der altid gjort. " * 20


@pytest.fixture
def full_disk(app: Flask, content: None) -> None:
    if not db.is_sqlite():
        pytest.skip("max_page_count is SQLite's")
    db.db.session.remove()
    with db.outside_transaction() as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    _let_it_grow_to(pages)


def test_a_full_disk_says_try_again_and_heals_by_itself(app: Flask, full_disk: None) -> None:
    forms = [factories.fields(f"{LONG}{chr(97 + n)}") for n in range(12)]

    answers = _deliver(app, forms)
    taken = [form["Body"] for form, answer in zip(forms, answers, strict=True) if answer.status_code == 200]
    kept = _words()
    _let_it_grow_to(2**30)
    again = [answer.status_code for answer in _deliver(app, forms)]

    assert {answer.status_code for answer in answers} - {200} == {503}
    assert {answer.headers.get("Retry-After") for answer in answers if answer.status_code == 503} == {"1"}
    assert kept == Counter(text.strip() for text in taken)
    assert set(again) == {200}
    assert verdict.stored() == Counter(Row(None, (), (form["Body"],)) for form in forms)


@pytest.mark.skipif(not IN_FULL, reason="a server of its own: in full only")
@pytest.mark.parametrize("is_without_key", [False, True], ids=["no room for rows", "no room for rows or keys"])
def test_a_server_that_can_write_no_file_any_further_says_try_again_and_heals(
    is_without_key: bool, house_environ: dict[str, str], databases: Databases, tmp_path: Path
) -> None:
    """A limit on the length of files plays the full disk: nobody need be root, and SQLite hears no from the kernel."""
    if databases.kind != "sqlite":
        pytest.skip("PostgreSQL's own processes write its files")
    log = Path(house_environ["STEMME_DATABASE_URL"].removeprefix("sqlite:///") + "-wal")
    forms = [factories.fields(f"{LONG}{chr(97 + n)}") for n in range(12)]
    server = LiveServer(house_environ, tmp_path, processes=2).start()
    assert server.process
    try:
        post(server.url, factories.fields("GH1"))
        if is_without_key:
            for file in (tmp_path / "instance" / "keys" / "day").iterdir():
                file.unlink()
        _let_files_grow_to(0 if is_without_key else log.stat().st_size + 200_000, server.process.pid)
        answers = [post(server.url, form) for form in forms]
        taken = [form["Body"] for form, answer in zip(forms, answers, strict=True) if answer.status == 200]
        kept = _words()
        _let_files_grow_to(resource.RLIM_INFINITY, server.process.pid)
        again = [post(server.url, form).status for form in forms]
    finally:
        server.kill()

    assert {answer.status for answer in answers} - {200} == {503}
    assert bool(taken) is not is_without_key
    assert kept == Counter(text.strip() for text in taken)
    assert set(again) == {200}
    assert verdict.stored() == Counter(Row(None, (), (form["Body"],)) for form in forms)


def _let_files_grow_to(size: int, group: int) -> None:
    """No file of the processes of this group grows beyond so many bytes."""
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):  # another's, which has just ended
            if os.getpgid(int(one.name)) == group:
                resource.prlimit(int(one.name), resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _deliver(app: Flask, forms: list[dict[str, str]]) -> list[TestResponse]:
    """From another thread, so that each text has a context of its own, as in a server."""
    db.db.session.remove()
    with ThreadPoolExecutor(1) as pool:
        return list(pool.map(lambda form: factories.deliver(app, form), forms))


def _let_it_grow_to(pages: int) -> None:
    """On every connection of this process there will be: the limit lies in the connection, not in the file."""
    db.db.session.remove()
    db.db.engine.dispose()

    @sa.event.listens_for(db.db.engine, "connect")
    def limit(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")


def _words() -> Counter[str]:
    found = Counter(words for row, n in verdict.stored().items() for words in row.words * n)
    db.db.session.remove()
    return found
