"""The clock of a rehearsal: it stands still until somebody moves it, so that a script plays the same every time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.clock import Clock

BEGINNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""Every rehearsal and every script begins at this instant, a Monday."""
DAY = timedelta(days=1)


@dataclass
class StandingClock(Clock):
    """A clock without a works: `moved_by` is the instant, in seconds since 1970."""

    moved_by: float = BEGINNING.timestamp()

    def now(self) -> datetime:
        """The instant, UTC."""
        return datetime.fromtimestamp(self.moved_by, UTC)

    def since_boot(self) -> float:
        """Day keys grow old by this clock too."""
        return self.moved_by

    def set(self, instant: datetime) -> None:
        """Let `instant` be now."""
        self.moved_by = instant.timestamp()


def until_midnight(now: datetime) -> timedelta:
    """How long until the day ends in UTC, by which day keys live."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    return midnight - now
