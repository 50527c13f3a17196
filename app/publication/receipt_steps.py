"""The way of a receipt code through a channel's pages: looked up, asked about once, deleted.

The code travels in a sealed token, so that nothing readable of it stays in an address or a history.
"""

import secrets
from dataclasses import dataclass, field

from app.core import clock
from app.privacy import keys, tokens
from app.privacy.keys import DayKey
from app.publication import receipt_outcome
from app.publication.receipt_outcome import Misspelt, Status

ASK, LOOK, CONFIRM, DELETED = "ask", "look", "confirm", "deleted"
"""The empty field, a code to look up, one about to be deleted, one that is."""
UNKNOWN = "unknown"
"""What is shown beside these: the field again, with help for a code nobody has."""


@dataclass(frozen=True)
class Step:
    """Where somebody stands with a code, and which visit this is."""

    name: str
    typed: str = field(default="", repr=False)
    visit: str = field(default_factory=lambda: secrets.token_urlsafe(9))


@dataclass(frozen=True)
class Opened:
    """A step that came back, and the day key it lives and dies with."""

    step: Step
    key: DayKey


@dataclass(frozen=True)
class Shown:
    """What a page shows: ASK, UNKNOWN, LOOK, CONFIRM or DELETED, with what belongs to it."""

    name: str
    status: Status | None = None
    misspelt: tuple[Misspelt, ...] = ()


def seal(step: Step, *, bound_to: str, minutes: int) -> str:
    """The token of a step, dead after so many minutes at the most, and readable only for the pages it is bound to."""
    content = [step.name, step.typed, step.visit, _minute() + minutes]
    return tokens.seal(keys.usable()[0], content, bound_to=bound_to, now=clock.now())


def opened(token: str, *, bound_to: str) -> Opened | None:
    """The step of a token; None for one that is old, damaged or of another page."""
    found = tokens.open_(token, keys.usable(), bound_to=bound_to, now=clock.now())
    if found is None:
        return None
    name, typed, visit, until = found.content
    return Opened(Step(name, typed, visit), found.key) if _minute() < until else None


def shown(step: Step) -> Shown:
    """What the page of a step shows. Unknown and malformed codes are alike."""
    if step.name in (ASK, DELETED):
        return Shown(step.name)
    status = receipt_outcome.status(step.typed)
    if status is None:
        return Shown(UNKNOWN, misspelt=tuple(receipt_outcome.misspelt(step.typed)))
    return Shown(CONFIRM if step.name == CONFIRM and status.can_be_deleted else LOOK, status)


def _minute() -> int:
    return int(clock.now().timestamp()) // 60
