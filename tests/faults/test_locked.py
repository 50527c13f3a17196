"""Somebody else holds the database: every text hears "try again" in time, and the next try stores it once.

Held a little longer than anybody waits; `make torture` holds it for half a minute.
"""

import fcntl
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.channels.sms import queries
from tests.channels.sms import factories
from tests.databases import Databases
from tests.faults import verdict
from tests.faults.post import Answer, post
from tests.faults.stories import Row
from tests.live import LiveServer
from tests.requirements import IN_FULL

HOLD = 30.0 if IN_FULL else 9.0  # seconds
LATEST_NO = 8.0  # seconds until a text must have heard that it was not stored: a carrier hangs up at 15
AT_ONCE = 12  # three times what one process works on


def by_a_stranger(url: str) -> Iterator[None]:
    """A tool that knows nothing of our queue holds SQLite's own lock."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        yield
        stranger.execute("ROLLBACK")


def in_our_queue(url: str) -> Iterator[None]:
    """One of our own writers does not end: the turn is not handed on."""
    with Path(f"{url.removeprefix('sqlite:///')}-turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def by_table(url: str) -> Iterator[None]:
    """A migration or the night run holds the tables of PostgreSQL."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("LOCK TABLE sms_session, seen IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


@pytest.mark.parametrize("hold", [by_a_stranger, in_our_queue, by_table], ids=lambda hold: hold.__name__)
def test_a_held_database_says_try_again_in_time_and_loses_nothing(
    hold: Callable[[str], Iterator[None]], house_environ: dict[str, str], database_url: str, databases: Databases,
    tmp_path: Path,
) -> None:  # fmt: skip
    if (hold is by_table) != (databases.kind == "postgresql"):
        pytest.skip("a lock of the other database")
    server = LiveServer(house_environ, tmp_path).start()
    try:
        forms = [factories.fields(f"Flere senge til nummer {chr(97 + n)}") for n in range(AT_ONCE)]
        post(server.url, factories.fields("GH1"))
        with contextmanager(hold)(database_url):
            began = time.monotonic()
            answers: list[Answer] = []
            while time.monotonic() - began < HOLD - LATEST_NO / 2:
                with ThreadPoolExecutor(AT_ONCE) as pool:
                    answers += pool.map(lambda form: post(server.url, form), forms)
        afterwards = [[post(server.url, form) for _ in range(2)] for form in forms]
    finally:
        server.kill()

    assert Counter((answer.status, answer.retry_after) for answer in answers) == {(503, "1"): len(answers)}
    assert max(answer.seconds for answer in answers) < LATEST_NO
    assert {answer.status for pair in afterwards for answer in pair} == {200}
    assert all(first.body == second.body for first, second in afterwards)
    assert verdict.stored() == Counter(Row(None, (), (form["Body"],)) for form in forms)
    assert queries.open_conversations() == AT_ONCE + 1
