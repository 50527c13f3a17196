"""An app with the whole demo in it; the first load takes seconds, so one serves many tests that only look.

It is loaded once for each kind of database in a whole run: the other processes of the run copy what the first stored.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask

from app import create_app
from app.core import clock, config, db
from app.demo import content
from app.desk.moderation.codebook import codes
from app.surveys import versions
from tests.databases import binaries, create_schema

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""A Sunday in the middle of a quarter."""
SQLITE = "sqlite:///"


def load(url: str, folder: Path) -> Flask:
    """The app, its database at `url` filled as `stemme demo` fills it; its keys lie in `folder`."""
    kind = url.partition(":")[0]
    kept = _kept() / kind
    with _alone(kind):
        if not kept.exists():
            _load(url, folder)
            _keep(url, folder, kept)
        else:
            _take(url, folder, kept)
    return _app(url, folder)


def _load(url: str, folder: Path) -> None:
    create_schema(url, folder)
    app = _app(url, folder)
    versions.forget()
    with app.app_context():
        codes.load()
        db.db.session.commit()
        content.load(clock.now())
        db.db.session.remove()
        db.db.engine.dispose()


def _app(url: str, folder: Path) -> Flask:
    environ = {
        "STEMME_ENV": "testing",
        "STEMME_INSTANCE_DIR": str(folder),
        "STEMME_DATABASE_URL": url,
        "STEMME_DEMO_PASSWORD": "et-kodeord-til-demo",
    }
    app = create_app(config.load(environ))
    app.testing = True
    with app.app_context():
        clock.clock().set(NOW)
    return app


def _keep(url: str, folder: Path, kept: Path) -> None:
    """What was stored, and the keys of what was sealed; the folder is there once all of it is."""
    draft = kept.with_suffix(".draft")
    leave = shutil.ignore_patterns(Path(url).name + "*")
    shutil.copytree(folder, draft / "folder", ignore=leave)
    if url.startswith(SQLITE):  # nobody has it open: all is in the one file
        shutil.copy(url.removeprefix(SQLITE), draft / "database")
    else:
        _postgres("pg_dump", "--format=custom", f"--file={draft / 'database'}", _address(url))
    draft.rename(kept)


def _take(url: str, folder: Path, kept: Path) -> None:
    shutil.copytree(kept / "folder", folder, dirs_exist_ok=True)
    if url.startswith(SQLITE):
        shutil.copy(kept / "database", url.removeprefix(SQLITE))
    else:
        _postgres("pg_restore", f"--dbname={_address(url)}", str(kept / "database"))


def _postgres(program: str, *arguments: str) -> None:
    subprocess.run([str(binaries() / program), *arguments], check=True, capture_output=True, timeout=120)


def _address(url: str) -> str:
    return url.replace("+psycopg", "")


@cache
def _kept() -> Path:
    """A folder that the processes of this run share; bin/test removes what is left in its own."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run:
        folder = Path(tempfile.gettempdir()) / f"stemme-demo-{run}"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder
    folder = Path(tempfile.mkdtemp(prefix="stemme-demo-"))
    atexit.register(shutil.rmtree, folder)
    return folder


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    with (_kept() / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
