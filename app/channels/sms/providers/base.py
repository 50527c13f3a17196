"""What a carrier is to us: who knocks, is it real, what do they say, how do we answer, and what lies there still."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal, Protocol

from flask import Request, Response

LONGEST_TEXT = 1600  # code points; carriers join long texts up to here

Direction = Literal["inbound", "outbound"]


class NotAuthentic(Exception):
    """The request does not prove that it comes from the carrier. Nothing of it is kept or logged."""


class CarrierDown(Exception):
    """The carrier cannot be spoken with now. Carries the class of the error, never a number or a text."""

    def __init__(self, fault: "Fault") -> None:
        super().__init__(fault)
        self.fault = fault


Fault = Literal[
    "stopped", "not_mobile", "unreachable", "blocked", "filtered", "queue_full", "throttled", "too_long", "unknown"
]
"""Why a carrier did not take a text or a call: the classes operators see."""


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What this carrier can do; what it cannot, `stemme check` and the promise say."""

    replies_inline: bool
    """The webhook's own response is the reply; else it is sent by API after the commit."""
    lists: bool
    deletes: bool
    signs_body: bool
    media: bool


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One text message. The number lives in `sender` for the length of one request, and never shows."""

    id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    pictures: int = 0
    has_answered: str | None = None
    """STOP, HELP or START where the carrier has replied by itself."""
    is_machine: bool = False
    """A short code, an alphanumeric sender or our own number: nothing is stored, nothing answered."""
    sent_at: datetime | None = None
    """The carrier's time, for texts that its webhook missed; None for a text that has just come."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A message as the carrier's list shows it, either way; in memory for the length of one sweep."""

    id: str
    direction: Direction
    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    text: str = field(repr=False)
    sent_at: datetime
    is_final: bool
    pictures: int = 0


class Deletion(Enum):
    """What became of a wish to delete a copy."""

    DONE = "done"
    """Gone, or was not there any more (404)."""
    LATER = "later"
    """Still in the list next time: 409, 5xx, a time-out, Twilio's 20009 (not final yet)."""
    THROTTLED = "throttled"
    """429: the sweep ends here and goes on with its next run."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a carrier says became of a text we sent by API: our own random reference and its word for it."""

    reference: str
    value: str


class Provider(Protocol):
    """An SMS carrier. One file each; a line in `providers/__init__.py` adds it.

    Whatever its SDK or API raises, only `NotAuthentic` and `CarrierDown` leave it.
    """

    @property
    def name(self) -> str:
        """What the settings and the webhook's address call it."""

    @property
    def abilities(self) -> Abilities:
        """What it can do."""

    def receive(self, request: Request) -> Inbound:
        """The message of an authentic request, or NotAuthentic."""

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """What the webhook answers after the commit; an empty reply is silence.

        Where the carrier does not take replies inline, this sends by API first; CarrierDown if it could not.
        """

    def list(self, since: datetime) -> Iterator[Listed]:
        """Every message either way since then, oldest first, over all pages; CarrierDown if a page fails."""

    def delete(self, message: Listed) -> Deletion:
        """Delete the carrier's copy, pictures first."""

    def send(self, to: str, text: str, reference: str) -> str:
        """Send by API and give the carrier's id; CarrierDown if it did not take it."""

    def status(self, request: Request) -> Status | None:
        """A signed status callback, or NotAuthentic; None where it names no text of ours."""
