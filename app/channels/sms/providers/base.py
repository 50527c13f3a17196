"""What a carrier is to us: who knocks, is it real, what do they say, and how do we answer."""

from dataclasses import dataclass, field
from typing import Protocol

from flask import Request, Response

LONGEST_TEXT = 1600  # code points; carriers join long texts up to here


class NotAuthentic(Exception):
    """The request does not prove that it comes from the carrier. Nothing of it is kept or logged."""


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


class Provider(Protocol):
    """An SMS carrier. One file each; a line in `providers/__init__.py` adds it."""

    name: str

    def receive(self, request: Request) -> Inbound:
        """The message of an authentic request, or NotAuthentic."""

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """What the webhook answers after the commit; an empty reply is silence."""
