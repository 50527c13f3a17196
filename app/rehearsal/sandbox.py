"""A rehearsal: a folder with a database, day keys and a clock of its own, which any process opens by its id.

It runs the whole application on a database that is no part of the house, so "+20 h" and "end the day" are
real (keys die, what is due is forgotten) and nothing of it can be counted or published.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask

from app import jobs
from app.core import clock, config, db
from app.core.config import Settings
from app.core.errors import Refusal
from app.privacy import rehearsals
from app.rehearsal import clocks
from app.rehearsal.clocks import StandingClock
from app.rehearsal.phones import Act, Phones
from app.rehearsal.stage import Furnish

CreateApp = Callable[[Settings], Flask]
MOST = 40  # rehearsals at a time in one house; the oldest makes room for another
_ID = re.compile(r"[0-9a-f]{32}")
_KEPT = "rehearsal.json"
_AFTER_TIME = ("retention", "batch")
_ALL_TASKS = ("retention", "batch", "night")


class NoSuchRehearsal(Refusal):
    """There is no rehearsal of this id, or it is somebody else's, or its day is over."""


@dataclass
class Rehearsal:
    """An open rehearsal. Everything here is done in its own app, whose context the opener has entered."""

    folder: Path
    owner: str
    place: str
    phones: Phones

    def wait(self, time: timedelta) -> None:
        """The clock moves on in whole minutes, and the timed tasks run."""
        minutes = int(time.total_seconds()) // 60
        clock.clock().moved_by += 60 * minutes
        self.phones.wait(minutes)
        _run(*_AFTER_TIME)

    def end_day(self) -> None:
        """On to midnight in UTC, when day keys die."""
        self.wait(clocks.until_midnight(clock.now()))

    def run_tasks(self) -> None:
        """Everything that runs on a clock, now: what is due is forgotten, a batch leaves, the night run shuffles."""
        self.phones.wait(0)
        _run(*_ALL_TASKS)

    def bytes_of_database(self) -> Iterator[bytes]:
        """The content of the database's files and of its day keys, as a thief would have it."""
        for path in (*self.folder.glob("stemme.sqlite3*"), *self.folder.glob("keys/day/*")):
            yield path.read_bytes()


def begin(create_app: CreateApp, furnish: Furnish, *, owner: str = "", place: str = "", within: Path) -> Path:
    """A new rehearsal in a folder below `within`, with one telephone; its folder, named by its id."""
    folder = within / secrets.token_hex(16)
    folder.mkdir(mode=0o700, parents=True)
    (folder / rehearsals.MARK).touch()  # first, so that half a rehearsal is removed too
    rehearsal = Rehearsal(folder, owner, place, Phones())
    with _app_of(folder, create_app, clocks.BEGINNING.timestamp()):
        db.Model.metadata.create_all(db.db.engine, checkfirst=False)  # nothing is there yet
        furnish()
        db.db.session.commit()
        rehearsal.phones.add("A")
        _keep(rehearsal)
    return folder


@contextmanager
def opened(create_app: CreateApp, folder: Path) -> Iterator[Rehearsal]:
    """The rehearsal of a folder, in its own app; one process at a time. What happened is kept if nothing raised."""
    with _turn(folder):
        kept = json.loads((folder / _KEPT).read_text("utf-8"))
        phones = Phones(kept["numbers"], [Act(**act) for act in kept["acts"]])
        rehearsal = Rehearsal(folder, kept["owner"], kept["place"], phones)
        with _app_of(folder, create_app, kept["instant"]):
            yield rehearsal
            _keep(rehearsal)


def find(rehearsal_id: str, owner: str) -> Path:
    """The folder of this person's rehearsal in this house, or NoSuchRehearsal."""
    folder = rehearsals.folder() / rehearsal_id
    if not _ID.fullmatch(rehearsal_id) or not (folder / _KEPT).is_file():
        raise NoSuchRehearsal("There is no such rehearsal.")
    if json.loads((folder / _KEPT).read_text("utf-8"))["owner"] != owner:
        raise NoSuchRehearsal("There is no such rehearsal.")
    return folder


def make_room() -> None:
    """Remove the oldest rehearsals of this house until another one may begin."""
    for folder in rehearsals.by_age()[: 1 - MOST]:
        shutil.rmtree(folder, ignore_errors=True)


def settings_of(folder: Path) -> Settings:
    """Settings of a house that consists of this folder: its own keys, its own database, texts by hand only."""
    return config.load({"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(folder), "STEMME_RELEASE_BATCH": "1"})


@contextmanager
def _app_of(folder: Path, create_app: CreateApp, instant: float) -> Iterator[None]:
    app = create_app(settings_of(folder))
    app.extensions["clock"] = StandingClock(instant)
    with app.app_context():
        try:
            yield
        finally:
            db.db.session.remove()
            db.db.engine.dispose()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    try:
        descriptor = os.open(folder / ".turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise NoSuchRehearsal("There is no such rehearsal.") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _keep(rehearsal: Rehearsal) -> None:
    """Write down what the telephones show; the whole file or the old one, never half."""
    content = {
        "owner": rehearsal.owner,
        "place": rehearsal.place,
        "instant": clock.clock().moved_by,
        "numbers": rehearsal.phones.numbers,
        "acts": [asdict(act) for act in rehearsal.phones.acts],
    }
    if (rehearsal.folder / _KEPT).exists() and json.loads((rehearsal.folder / _KEPT).read_text("utf-8")) == content:
        return  # it was only looked at
    draft = rehearsal.folder / f"{_KEPT}.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content), "utf-8")
    draft.replace(rehearsal.folder / _KEPT)


def _run(*names: str) -> None:
    for name in names:
        job = jobs.by_name(name)
        if job is None:
            raise LookupError(f"there is no timed task {name}")
        jobs.run(job, clock.now())
