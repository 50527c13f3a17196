"""When the desk may see a response: never alone, never in the order of arrival (shuffled batches)."""

from datetime import datetime

from app.core.clock import COPENHAGEN
from app.surveys import queries

MORNING = 6  # o'clock in Copenhagen


def release(now: datetime, *, size: int) -> int:
    """Let a batch out if at least `size` responses wait, else in the morning what waited over a night.

    With size 1 (the demo) everything goes out at once, also conversations that still grow.
    """
    if queries.count_waiting(only_due=False) >= size or size == 1:
        return queries.release_waiting(only_due=False, also_growing=size == 1)
    if now.astimezone(COPENHAGEN).hour >= MORNING:
        return queries.release_waiting(only_due=True, also_growing=False)
    return 0
