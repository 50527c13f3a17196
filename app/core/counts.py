"""Numbers that several processes of one host count up together: one small file, and nothing in it but sums."""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NUMBER = 8  # bytes
_LAYOUT = 16  # bytes of the hash that says which numbers the file holds


@dataclass(frozen=True)
class Numbers:
    """The numbers while they are ours alone."""

    file: int
    size: int

    def read(self) -> list[int]:
        """Every number."""
        raw = os.pread(self.file, self.size * _NUMBER, _LAYOUT)
        return [int.from_bytes(raw[at : at + _NUMBER], "big") for at in range(0, len(raw), _NUMBER)]

    def add(self, at: int, n: int) -> None:
        """Count `n` more at this place."""
        so_far = os.pread(self.file, _NUMBER, _LAYOUT + at * _NUMBER)
        self.set(at, int.from_bytes(so_far, "big") + n)

    def set(self, at: int, value: int) -> None:
        """Let this number be `value`."""
        os.pwrite(self.file, value.to_bytes(_NUMBER, "big"), _LAYOUT + at * _NUMBER)


class Counts:
    """A fixed row of whole numbers, kept over restarts; a file with another row of names begins at 0.

    Every process and thread may add: the file is opened for each change, and the lock is that opening's own, so a
    fork inherits nothing and nothing stays open. Written with pwrite and not through a memory map, because a full
    disk ends a process that writes through a map; here it is an OSError.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path, self._size = path, len(names)
        self._layout = hashlib.sha256("\n".join(names).encode()).digest()[:_LAYOUT]

    def add(self, at: int, n: int) -> None:
        """Count `n` more at this place. Raises OSError where the file cannot be written."""
        with self.alone() as numbers:
            numbers.add(at, n)

    def read(self) -> list[int]:
        """Every number. Raises OSError where the file cannot be opened."""
        with self.alone() as numbers:
            return numbers.read()

    @contextmanager
    def alone(self) -> Iterator[Numbers]:
        """No other process or thread changes a number meanwhile; not to be asked for again inside."""
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._begin(file)
            yield Numbers(file, self._size)
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)  # a process that another thread forks now still has the file open
            os.close(file)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._path, flags, 0o600)

    def _begin(self, file: int) -> None:
        if os.pread(file, _LAYOUT, 0) != self._layout or os.fstat(file).st_size != _LAYOUT + self._size * _NUMBER:
            os.ftruncate(file, 0)
            os.pwrite(file, self._layout + bytes(self._size * _NUMBER), 0)
