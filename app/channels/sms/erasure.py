"""Deleting the carrier's copies: a ladder of tries that needs no memory, because every copy tells its age."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.channels.sms.providers.base import Deletion, Listed, Provider
from app.channels.sms.repair import Patience

_EARLY = (60, 300, 900)
"""The first rungs, in seconds of age; then one at every whole hour."""
_HOUR = 3600


def is_due(age: timedelta, since_last: timedelta) -> bool:
    """Whether a copy has reached a rung (1, 5, 15, 60 minutes, then every hour) since the last run."""
    now = age.total_seconds()
    before = max(now - since_last.total_seconds(), 0.0)
    return now // _HOUR > before // _HOUR or any(before < rung <= now for rung in _EARLY)


def erase(
    provider: Provider, copies: Iterable[Listed], *, now: datetime, since_last: timedelta, patience: Patience
) -> tuple[frozenset[str], bool]:
    """Delete what is due of these; the ids of what is gone, and whether everything due was tried."""
    gone = set[str]()
    for copy in copies:
        if not is_due(now - copy.sent_at, since_last):
            continue
        if patience.is_over:
            return frozenset(gone), False
        deletion = provider.delete(copy)
        if deletion is Deletion.THROTTLED:
            patience.end()
            return frozenset(gone), False
        if deletion is Deletion.DONE:
            gone.add(copy.id)
    return frozenset(gone), True
