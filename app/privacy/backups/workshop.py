"""The folder in memory where the plain copy is written and read, and its end, however the process ends."""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core import config, host
from app.privacy.backups.encrypting import BackupRefused

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - where no disk ever sees the plain copy
PREFIX = "stemme-backup-"
_YOUNG = 60  # seconds: whoever made a folder just now may not hold it yet
_ENDS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def opened() -> Iterator[Path]:
    """A folder of our own that is gone afterwards; what was left by one who was killed goes first."""
    is_there = host.is_in_memory(IN_MEMORY)
    if not is_there and config.settings().env == "production":
        raise BackupRefused(f"{IN_MEMORY} is not in memory; a plain copy must never be on a disk.")
    place = IN_MEMORY if is_there else Path(tempfile.gettempdir())
    _sweep(place)
    with _ending_tidily(), tempfile.TemporaryDirectory(prefix=PREFIX, dir=place) as folder, _held(Path(folder)):
        yield Path(folder)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError), _held(folder):  # OSError: somebody works there, or it is not ours
            if time.time() - folder.stat().st_mtime > _YOUNG:
                shutil.rmtree(folder)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder as long as the process lives; BlockingIOError where another holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Being told to stop, or losing the terminal, ends the process as an error does: the plain copy goes with it."""
    before = {one: signal.signal(one, lambda number, _: sys.exit(128 + number)) for one in _ENDS}
    try:
        yield
    finally:
        for one, action in before.items():
            signal.signal(one, action)
