"""Whose turn it is to write: one file lock per SQLite database, so that processes queue instead of fighting.

Two processes that fight for SQLite's own lock through busy_timeout sleep for up to a second. A lock on a
file is let go of by the kernel when its holder is killed, and is handed over within a fraction of a millisecond.
"""

import fcntl
import os
import threading
import time
from typing import ClassVar
from weakref import WeakValueDictionary

from app.core import metrics

EAGER = 0.0001
"""Seconds between two looks in the first moments: a text keeps its turn for about a millisecond."""
EAGERNESS = 0.02
"""Seconds after which we look less and less often, since whoever writes now does something longer."""
LAZY = 0.005


class Turn:
    """The turn of one database file, as one process sees it; kept by its connections.

    The threads of a process queue among themselves first.
    """

    _known: ClassVar[WeakValueDictionary[tuple[int, str], "Turn"]] = WeakValueDictionary()

    @classmethod
    def of(cls, path: str) -> "Turn":
        """The turn of this database in this process; a forked child has its own."""
        return cls._known.setdefault((os.getpid(), path), cls(path))

    def __init__(self, path: str) -> None:
        self._threads = threading.Lock()
        self._file = os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __del__(self) -> None:
        os.close(self._file)

    def take(self, patience: float) -> bool:
        """Wait for the turn, `patience` seconds at most; False if it did not come."""
        begun = time.monotonic()
        taken = self._threads.acquire(timeout=patience) and self._took_file(begun, patience)
        metrics.observe_lock_wait(time.monotonic() - begun)
        return taken

    def give_back(self) -> None:
        """Whoever waits may go on."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _took_file(self, begun: float, patience: float) -> bool:
        pause = EAGER
        while not _locked(self._file):
            waited = time.monotonic() - begun
            if waited > patience:
                self._threads.release()
                return False
            pause = EAGER if waited < EAGERNESS else min(pause * 1.5, LAZY)
            time.sleep(pause)
        return True


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
