"""What time it is, in one place, so that tests and `--at` can move it."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass
class Clock:
    """The wall clock (UTC) and the boot clock (seconds that no operator can set back)."""

    moved_by: float = 0.0

    def now(self) -> datetime:
        """The instant, UTC."""
        return datetime.fromtimestamp(time.time() + self.moved_by, UTC)

    def since_boot(self) -> float:
        """Seconds since the machine started, also while it slept."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) + self.moved_by

    def set(self, instant: datetime) -> None:
        """Let `instant` be now; time goes on from there."""
        self.moved_by = instant.timestamp() - time.time()


def clock() -> Clock:
    """The clock of this app."""
    found: Clock = current_app.extensions["clock"]
    return found


def now() -> datetime:
    """The instant, UTC."""
    return clock().now()


def today() -> date:
    """The day in Copenhagen."""
    return now().astimezone(COPENHAGEN).date()
