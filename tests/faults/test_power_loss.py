"""The power is gone (F7): what lies on the disk at that moment opens again, with every acknowledged text in it."""

import os
import shutil
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest

from app import create_app
from app.core import config, db
from tests.channels.sms import factories
from tests.content import put
from tests.databases import Databases, Postgres, create_schema
from tests.faults import verdict
from tests.faults.post import post
from tests.live import LiveServer
from tests.requirements import IN_FULL, Figure

MOMENTS = 60 if IN_FULL else 6
BETWEEN = 5  # acknowledged texts between two moments
STOPS = 5  # of PostgreSQL while texts are on their way


class Writers:
    """Several telephones that text without a pause, each text until it is taken; what was acknowledged is noted."""

    def __init__(self, url: str) -> None:
        self.url, self.is_over = url, threading.Event()
        self.acknowledged: list[str] = []
        self.statuses = Counter[int]()
        self.threads = [threading.Thread(target=self._write, args=(name,)) for name in "abc"]
        for thread in self.threads:
            thread.start()

    def wait_for(self, texts: int) -> None:
        """Until so many more are acknowledged."""
        enough = len(self.acknowledged) + texts
        while len(self.acknowledged) < enough and not self.is_over.wait(0.002):
            pass

    def stop(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def _write(self, name: str) -> None:
        number = 0
        while not self.is_over.is_set():
            number += 1
            letters = "".join(chr(97 + int(digit)) for digit in str(number))  # digits would be masked
            self._until_taken(factories.fields(f"Flere senge {name} {letters}"))

    def _until_taken(self, form: dict[str, str]) -> None:
        """As a carrier does: what heard no, or nothing, comes again, and may have been stored all the same."""
        while not self.is_over.is_set():
            status = post(self.url, form).status
            self.statuses[status] += 1
            if status == 200:
                self.acknowledged.append(form["Body"])
                return


@pytest.mark.requirement("R4")
def test_a_sqlite_file_as_it_lay_at_any_moment_has_everything(
    house_environ: dict[str, str], databases: Databases, tmp_path: Path, figure: Figure
) -> None:
    if databases.kind != "sqlite":
        pytest.skip("files of SQLite")
    server = LiveServer(house_environ, tmp_path).start()
    writers = Writers(server.url)
    assert server.process
    moments = []
    try:
        for moment in range(MOMENTS):
            writers.wait_for(BETWEEN)
            os.killpg(server.process.pid, signal.SIGSTOP)
            moments.append((_as_it_lies(house_environ, tmp_path / str(moment)), list(writers.acknowledged)))
            os.killpg(server.process.pid, signal.SIGCONT)
    finally:
        writers.stop()
        server.kill()

    lost = [_missing(house_environ, url, told) for url, told in moments]
    assert lost == [[]] * MOMENTS
    figure(f"0 of {len(moments[-1][1])} texts lost at {MOMENTS} moments without power (SQLite)")


@pytest.mark.requirement("R4")
@pytest.mark.skipif(not IN_FULL or os.environ.get("SKIP_POSTGRES") == "1", reason="a server of its own: in full only")
def test_postgresql_without_power_has_everything(environ: dict[str, str], tmp_path: Path, figure: Figure) -> None:
    server = Postgres(is_durable=True)
    server.start()
    try:
        server.execute("CREATE DATABASE stemme_power")
        given = environ | {"STEMME_DATABASE_URL": server.url("stemme_power")}
        create_schema(given["STEMME_DATABASE_URL"], tmp_path)
        app = create_app(config.load(given))
        with app.app_context():
            put()
            db.db.session.remove()
            db.db.engine.dispose()
        house = LiveServer(given, tmp_path, processes=2).start()
        writers = Writers(house.url)
        try:
            for _ in range(STOPS):
                writers.wait_for(20)
                server.pull_the_plug()  # some texts are on their way at this moment, and others come meanwhile
            writers.wait_for(20)
        finally:
            writers.stop()
            house.kill()
        assert _missing(given, given["STEMME_DATABASE_URL"], writers.acknowledged) == []
        assert set(writers.statuses) <= {200, 503}
        assert writers.statuses[503] >= STOPS
    finally:
        server.stop()
    figure(f"0 of {len(writers.acknowledged)} texts lost when PostgreSQL was stopped at once {STOPS} times")


def _as_it_lies(environ: dict[str, str], folder: Path) -> str:
    """Copy the file and its log, without what lives in memory."""
    folder.mkdir()
    path = Path(environ["STEMME_DATABASE_URL"].removeprefix("sqlite:///"))
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), folder / name)
    return f"sqlite:///{folder / path.name}"


def _missing(environ: dict[str, str], url: str, told: list[str]) -> list[str]:
    """The acknowledged texts that a house that starts with this database does not have, or has twice."""
    app = create_app(config.load(environ | {"STEMME_DATABASE_URL": url}))
    with app.app_context():
        there = Counter(words for row in verdict.stored().elements() for words in row.words)
        db.db.session.remove()
        db.db.engine.dispose()
    return [text for text in told if there[text] != 1]
