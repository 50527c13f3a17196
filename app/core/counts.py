"""Numbers that several processes of one host count up together: one small file, and nothing in it but sums."""

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_NUMBER = 8  # bytes
_LAYOUT = 16  # bytes of the hash that says which numbers the file holds


class Counts:
    """A fixed row of whole numbers, kept over restarts; a file with another row of names begins at 0.

    Every process and thread may add. Written with pwrite and not through a memory map, because a full disk
    ends a process that writes through a map; here it is an OSError.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path, self._size = path, len(names)
        self._layout = hashlib.sha256("\n".join(names).encode()).digest()[:_LAYOUT]
        self._turn = threading.RLock()
        self._opened: tuple[int, int] | None = None

    def add(self, at: int, n: int) -> None:
        """Count `n` more at this place. Raises OSError where the file cannot be written."""
        with self.alone():
            so_far = os.pread(self._file(), _NUMBER, _LAYOUT + at * _NUMBER)
            self.set(at, int.from_bytes(so_far, "big") + n)

    def read(self) -> list[int]:
        """Every number."""
        raw = os.pread(self._file(), self._size * _NUMBER, _LAYOUT)
        return [int.from_bytes(raw[at : at + _NUMBER], "big") for at in range(0, len(raw), _NUMBER)]

    def set(self, at: int, value: int) -> None:
        """Let this number be `value`; between reading and setting, be alone."""
        os.pwrite(self._file(), value.to_bytes(_NUMBER, "big"), _LAYOUT + at * _NUMBER)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process or thread changes a number meanwhile."""
        with self._turn:
            file = self._file()
            fcntl.lockf(file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(file, fcntl.LOCK_UN)

    def _file(self) -> int:
        """The open file of this process; a lock of lockf belongs to the process, so a fork opens its own."""
        if self._opened is None or self._opened[0] != os.getpid():
            with self._turn:
                self._opened = (os.getpid(), self._open())
        return self._opened[1]

    def _open(self) -> int:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.lockf(file, fcntl.LOCK_EX)
        try:
            if os.pread(file, _LAYOUT, 0) != self._layout or os.fstat(file).st_size != _LAYOUT + self._size * _NUMBER:
                os.ftruncate(file, 0)
                os.pwrite(file, self._layout + bytes(self._size * _NUMBER), 0)
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN)
        return file
