"""What an open conversation holds between two texts. It lives only inside a box that dies with the day key."""

import base64
import json
from dataclasses import dataclass
from typing import Literal

from app.core.i18n import LANGUAGES

Awaits = Literal["answer", "place", "offer"]


class NotInTheTable(ValueError):
    """No conversation can stand like this: docs/sms.md, "Where a conversation stands"."""


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
    """An open conversation: what it awaits, where it is, and the ratings that are not stored yet.

    NotInTheTable for anything that is none of: an answer awaited in a survey at a place, the place of stored
    words awaited, words awaited at a place that is not asking, or an answer to the offer of a receipt.
    """

    awaits: Awaits
    lang: str
    place: str | None = None
    site_kind: str = ""
    """What sort of place it is, for the counts."""
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
    filed_in: str = ""
    """The language it is counted in, where it changed to another one after the first question."""
    asked_at: int = 0
    """Seconds since 1970 when the open question was first put; 0: it is being put in this turn."""

    def __post_init__(self) -> None:
        stands = _STANDS.get(self.awaits)
        if stands is None or not stands(self) or self.tries not in (0, 1) or self.lang not in LANGUAGES:
            raise NotInTheTable(self.awaits)

    @property
    def counted_in(self) -> str:
        """The language it is counted in, all of it."""
        return self.filed_in or self.lang

    def but(self, **changes: object) -> "Conversation":
        """This conversation with some things changed."""
        return Conversation(**{**self.__dict__, **changes})


def to_bytes(conversation: Conversation) -> bytes:
    """Compact JSON for the box."""
    content = {name: value for name, value in vars(conversation).items() if value}
    if conversation.row:
        content["row"] = base64.b64encode(conversation.row).decode()
    if conversation.ratings:
        content["ratings"] = [vars(rating) for rating in conversation.ratings]
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def from_bytes(content: bytes) -> Conversation:
    """The conversation of a box, or Unreadable."""
    try:
        fields = json.loads(content)
        fields["ratings"] = tuple(Rating(**rating) for rating in fields.get("ratings", ()))
        if "row" in fields:
            fields["row"] = base64.b64decode(fields["row"])
        return Conversation(**fields)
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable from error


_STANDS = {
    "answer": lambda c: bool(c.place and c.survey and c.version),
    "place": lambda c: bool(c.row or c.place) and not c.survey,
    "offer": lambda c: bool(c.row) and not c.tries,
}
"""What a conversation needs to stand where it does."""
