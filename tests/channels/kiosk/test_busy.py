"""Somebody else holds the database: the tablet hears "later", keeps its box, and the next try stores it once."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from app.core import db
from tests.channels.kiosk import stored
from tests.channels.kiosk.tablet import Tablet, answer
from tests.databases import Databases


@contextmanager
def held(url: str, databases: Databases) -> Iterator[None]:
    """The table of names is locked, and whoever waits has waited long enough."""
    if databases.kind == "sqlite":
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            db._patience.lose()
            yield
        return
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("LOCK TABLE kiosk_seen IN ACCESS EXCLUSIVE MODE"))
        db._patience.lose()
        yield
    engine.dispose()


def test_a_busy_database_is_later_and_nothing_is_lost(tablet: Tablet, database_url: str, databases: Databases) -> None:
    key = str(uuid.uuid4())
    box = tablet.seal(answer(), key)
    db.db.session.remove()

    with held(database_url, databases):
        busy = tablet.send(box, key)
        db.db.session.remove()  # as at the end of every request outside tests
    again = tablet.send(box, key)

    assert (busy.status_code, busy.headers["Retry-After"], busy.data) == (503, "1", b"")
    assert again.status_code == 201
    assert len(stored.responses()) == 1


def test_a_fault_of_ours_is_later_too_and_stores_nothing(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    key = str(uuid.uuid4())
    box = tablet.seal(answer(receipt=None), key)
    tablet.client.application.testing = False
    with monkeypatch.context() as broken:
        broken.delattr("app.surveys.kiosk_answers._store")
        fault = tablet.send(box, key)
        db.db.session.remove()

    assert fault.status_code == 503
    assert stored.remembered() == 0
    assert tablet.send(box, key).status_code == 201
