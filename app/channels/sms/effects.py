"""What a turn wants done in the same transaction as its reply: store, place, finish, delete."""

from dataclasses import dataclass

from app.surveys.responses import Said


@dataclass(frozen=True, kw_only=True)
class Begin:
    """Open a response row for this conversation."""

    row: bytes
    lang: str
    place: str | None = None
    survey: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class Store:
    """Add answers to a row."""

    row: bytes
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Place:
    """The row is about this place."""

    row: bytes
    place: str


@dataclass(frozen=True)
class Finish:
    """Nothing that was asked for is missing any more: the row may leave with a batch."""

    row: bytes


@dataclass(frozen=True)
class Delete:
    """Take the row back with all that is in it."""

    row: bytes


@dataclass(frozen=True)
class Issue:
    """Draw a receipt for the row; its words go into the reply as `code`."""

    row: bytes


@dataclass(frozen=True)
class Withdraw:
    """Delete the answer behind these words."""

    words: str


@dataclass(frozen=True)
class LookUp:
    """Say what happened with the answer behind these words; none: the latest news of the place, or of the country."""

    words: str | None
    place: str = ""


Effect = Begin | Store | Place | Finish | Delete | Issue | Withdraw | LookUp
