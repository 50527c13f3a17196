"""How many sheets are keyed twice, which ones, and what the number of differing fields means. Pure."""

import secrets
from collections.abc import Collection
from typing import Literal

SHARE = 10
"""One sheet in ten,"""
LEAST = 5
"""but never fewer than this while there are any."""

Verdict = Literal["accept", "widen", "again"]


def size(sheets: int, left: int) -> int:
    """How many of the `left` sheets a draw takes from a batch of `sheets`: a tenth of the batch, at least 5."""
    return min(left, max(LEAST, -(-sheets // SHARE)))


def draw(places: Collection[int], sheets: int) -> list[int]:
    """Some of these places, each as likely as any other, in the order of the pile."""
    return sorted(secrets.SystemRandom().sample(sorted(places), size(sheets, len(places))))


def verdict(fields: int, differing: int) -> Verdict:
    """At most 1 % of the fields differ: accept; at most 3 %: correct and draw more; else key the batch again."""
    if differing * 100 <= fields:
        return "accept"
    return "widen" if differing * 100 <= 3 * fields else "again"
