"""What an open conversation holds between two texts. It lives only inside a box that dies with the day key."""

import base64
import json
from dataclasses import asdict, dataclass, replace
from typing import Literal

Awaits = Literal["answer", "place", "offer"]
AWAITS = ("answer", "place", "offer")


class Unreadable(Exception):
    """A box of another make; the conversation ends politely."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One answered or skipped question; words are never kept here."""

    question: str
    kind: str
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """An open conversation: what it awaits, where it is, and the ratings that are not stored yet."""

    awaits: Awaits
    lang: str
    place: str | None = None
    survey: str | None = None
    version: int | None = None
    tries: int = 0
    ratings: tuple[Rating, ...] = ()
    is_past_finish: bool = False
    """The ratings are stored; only words may still come."""
    row: bytes | None = None
    """The response this conversation writes, once something is stored."""
    lists_languages: bool = False
    """The last reply was the list of languages."""

    def but(self, **changes: object) -> "Conversation":
        """This conversation with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def to_bytes(conversation: Conversation) -> bytes:
    """Compact JSON for the box."""
    content = asdict(conversation)
    if conversation.row:
        content["row"] = base64.b64encode(conversation.row).decode()
    return json.dumps({k: v for k, v in content.items() if v}, separators=(",", ":"), ensure_ascii=False).encode()


def from_bytes(content: bytes) -> Conversation:
    """The conversation of a box, or Unreadable."""
    try:
        fields = json.loads(content)
        fields["ratings"] = tuple(Rating(**rating) for rating in fields.get("ratings", ()))
        if "row" in fields:
            fields["row"] = base64.b64decode(fields["row"])
        found = Conversation(**fields)
    except (ValueError, TypeError) as error:
        raise Unreadable from error
    if found.awaits not in AWAITS:
        raise Unreadable
    return found
