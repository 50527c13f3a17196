"""Day keys: random, outside the database, shared by the processes of one host, dead within 48 hours.

Making, sharing and dying follow docs/privacy.md, "Day keys". Nobody keeps a day key between two
requests: it is read from its file each time, so unlinking the file is the end of it.
"""

import fcntl
import hashlib
import hmac
import math
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from app.core import clock, config
from app.core.errors import Refusal

LONGEST_LIFE = 48 * 3600  # seconds on the boot clock
_KEY = 32
_FILE = _KEY + 8


@dataclass(frozen=True)
class DayKey:
    """The secret of one UTC day; `epoch` counts the days since 1970."""

    epoch: int
    secret: bytes = field(repr=False)

    def mac(self, label: str, value: str) -> bytes:
        """HMAC-SHA256 of label ‖ 0 ‖ value: 32 bytes that mean nothing without this key."""
        return hmac.digest(self.secret, label.encode() + b"\0" + value.encode("utf-8", "surrogatepass"), hashlib.sha256)


class NoHardLinks(Refusal):
    """The key folder lies on a file system where a key cannot be published in one step."""


class DayKeys:
    """The folder `day/` with one file a UTC day: 32 random bytes and the boot clock at birth."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "day"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def usable(self, now: datetime, since_boot: float) -> tuple[DayKey, ...]:
        """Today's key (made if it is missing), then yesterday's, then tomorrow's if the clock stepped back."""
        today = epoch_of(now)
        others = (self._read(epoch, since_boot) for epoch in (today - 1, today + 1))
        return (self._read(today, since_boot) or self._make(today, since_boot), *filter(None, others))

    def bury(self, now: datetime, since_boot: float) -> int:
        """Destroy every key that is dead by the calendar or by the boot clock; how many died."""
        with self._lock():
            dead = [path for path in self._files() if not self._is_alive(path, now, since_boot)]
            for path in dead:
                _destroy(path)
        return sum(path.name.isdecimal() for path in dead)

    def alive(self) -> frozenset[int]:
        """The epochs whose key is still there."""
        return frozenset(int(path.name) for path in self._files() if path.name.isdecimal())

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*") if path.name != ".lock"]

    def _is_alive(self, path: Path, now: datetime, since_boot: float) -> bool:
        if not path.name.isdecimal() or abs(int(path.name) - epoch_of(now)) > 1:
            return False
        return self._read(int(path.name), since_boot) is not None

    def _read(self, epoch: int, since_boot: float) -> DayKey | None:
        try:
            descriptor = os.open(f"{self.folder}/{epoch}", os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            content = os.read(descriptor, _FILE + 1)
        finally:
            os.close(descriptor)
        if len(content) != _FILE:
            return None
        age = since_boot - int.from_bytes(content[_KEY:], "big", signed=True)
        return DayKey(epoch, content[:_KEY]) if 0 <= age < LONGEST_LIFE else None

    def _make(self, epoch: int, since_boot: float) -> DayKey:
        path = self.folder / str(epoch)
        with self._lock():
            alive = self._read(epoch, since_boot)
            if alive:
                return alive
            if path.exists():
                _destroy(path)
            self._publish(path, secrets.token_bytes(_KEY) + math.floor(since_boot).to_bytes(8, "big", signed=True))
        made = self._read(epoch, since_boot)
        if made is None:
            raise OSError("the day key that was just made cannot be read")
        return made

    def _publish(self, path: Path, content: bytes) -> None:
        draft = self.folder / f"{path.name}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(draft, path)  # the whole file or none: no reader sees half a key
        except FileExistsError:
            pass  # another process was first, and its key is the one
        except OSError as error:
            raise NoHardLinks("STEMME_KEYS_DIR must be on a file system with hard links.") from error
        finally:
            draft.unlink()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have emptied the key folder
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def epoch_of(now: datetime) -> int:
    """Days since 1970 in UTC, which knows no summer time."""
    return int(now.timestamp()) // 86400


def usable() -> tuple[DayKey, ...]:
    """The day keys of this app that may be used at this moment, today's first."""
    timepiece = clock.clock()
    return _of(config.settings().keys_dir).usable(timepiece.now(), timepiece.since_boot())


@lru_cache(maxsize=8)
def _of(folder: Path) -> DayKeys:
    return DayKeys(folder)


def _destroy(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, b"\0" * os.fstat(descriptor).st_size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.unlink()
