"""What operators watch of the carrier: whether its list is swept, and whether copies lie there too long."""

from datetime import datetime

from app.channels.sms import sweep
from app.core import clock, metrics

LONGEST_WITHOUT_SWEEP = 15 * 60  # seconds


def late_sweep() -> str | None:
    """One line if texts whose webhook was lost are not being found. A carrier without a list cannot be late.

    Nor can the console: its copies lie in the memory of one process, where the worker's sweep does not look.
    """
    carrier = sweep.provider()
    if carrier is None or carrier.name == "console":
        return None
    state = sweep.state()
    if state is None:
        return "The carrier has not been swept yet: is `stemme worker` running?"
    if clock.now().timestamp() - state.complete_until > LONGEST_WITHOUT_SWEEP:
        return "The last complete sweep of the carrier is more than 15 minutes old."
    return None


def old_copies() -> str | None:
    """One line if the carrier keeps what we promised to delete."""
    state = sweep.state()
    if state and state.oldest_hours >= sweep.TOO_OLD:
        return "A copy at the carrier is more than 24 hours old."
    return None


def sweep_age(now: datetime) -> dict[str, int]:
    """Seconds since the last complete sweep began, in whole minutes."""
    state = sweep.state()
    return {"": metrics.age(state.complete_until, now)} if state else {}


def oldest_copy(_: datetime) -> dict[str, int]:
    """Whole hours."""
    state = sweep.state()
    return {"": state.oldest_hours} if state else {}
