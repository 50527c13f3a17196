"""Where a server may be told to die, and the dying. Both the driver and the server under torture import this."""

import os
import signal
import threading
import time
from pathlib import Path

POINTS = ("before the claim", "before the first write", "before COMMIT", "after COMMIT", "before the answer")


class Plan:
    """Die when `point` is passed the n-th time by a text; leave a mark, so that the driver knows which death it was."""

    def __init__(self, point: str, nth: int, mark: Path) -> None:
        self.point, self.left, self.mark = point, nth, mark
        self.lock, self.local = threading.Lock(), threading.local()

    def hear(self, *, is_text: bool) -> None:
        """The thread begins a request; only those that carry a text count."""
        self.local.is_text = is_text

    def passing(self, point: str) -> None:
        """Die here, if it is time."""
        if point != self.point or not getattr(self.local, "is_text", False):
            return
        with self.lock:
            self.left -= 1
            if self.left == 0:
                self.mark.touch()
                os.killpg(os.getpgrp(), signal.SIGKILL)
                signal.pause()  # nothing may happen between the signal and the end


def end_with(driver: int) -> None:
    """Die with the process that tortures us: one that is stopped from outside leaves no servers behind."""

    def watch() -> None:
        while Path(f"/proc/{driver}").exists():
            time.sleep(1)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
