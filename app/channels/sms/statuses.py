"""What became of a text sent by API: a ladder that is only climbed, in whatever order the carrier's words come in."""

import secrets

from app.channels.sms import queries
from app.channels.sms.providers.base import Status

NEW = ""
"""Only just written down; the carrier has said nothing yet."""
READ = "read"
LADDER: tuple[tuple[str, ...], ...] = (
    (NEW,),
    ("accepted", "scheduled"),
    ("queued",),
    ("sending",),
    ("sent",),
    ("delivered", "undelivered", "failed", "canceled"),
)
"""Words of one rung are equally far: the first one counts, and the top rung is final."""


def beneath(state: str | None) -> tuple[str, ...]:
    """The states from which this one is a step up; none for a word that is not on the ladder.

    What was delivered may still be read; what failed cannot.
    """
    if state == READ:
        return (*(lower for rung in LADDER[:-1] for lower in rung), "delivered")
    for height, rung in enumerate(LADDER):
        if state in rung:
            return tuple(lower for below in LADDER[:height] for lower in below)
    return ()


def higher(old: str, new: str | None) -> str:
    """The state after the carrier said `new`."""
    return new if new is not None and old in beneath(new) else old


def expect(epoch: int) -> str:
    """Write a text down that is about to be sent by API, under a random reference; its day forgets it."""
    reference = secrets.token_bytes(16)
    queries.add_sent(reference, epoch, NEW)
    return reference.hex()


def note(status: Status) -> bool:
    """Climb the ladder in one statement, so that two callbacks at once end alike; False for a word we do not know.

    A text that we do not know (its day is over) changes nothing.
    """
    lower = beneath(status.value)
    reference = _bytes(status.reference)
    if lower and reference:
        queries.climb(reference, status.value, lower)
    return bool(lower and reference)


def _bytes(reference: str) -> bytes | None:
    try:
        return bytes.fromhex(reference)
    except ValueError:
        return None
