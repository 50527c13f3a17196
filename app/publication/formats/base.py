"""What a format is given, and what it makes of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Document = Mapping[str, Any]
"""A release as its JSON says it: the only source of figures there is for a format."""


@dataclass(frozen=True)
class Deed:
    """What people said and what was done, as it is told."""

    themes: tuple[str, ...]
    outcome: str
    said: Mapping[str, str]
    body: Mapping[str, str]
    decided_by: str
    decided_on: date


@dataclass(frozen=True)
class Words:
    """A quote: somebody's words, and as much of where and when as may be shown."""

    text: str
    lang: str
    theme: str
    place_kind: str
    region: str
    season: str


@dataclass(frozen=True)
class Claim:
    """A finding that stands on the figures, in one sentence by language, and the code of its own page."""

    code: str
    said: Mapping[str, str]


@dataclass(frozen=True)
class Edition:
    """A frozen release with what is told beside it."""

    document: Document
    is_early: bool = False
    deeds: tuple[Deed, ...] = ()
    quotes: tuple[Words, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: int | None = None
    """Of a hundred texts, how many were not read when the themes were counted; None where that is not shown."""
    before: Document | None = None
    """The release of the period before, where there is one."""


@dataclass(frozen=True)
class Piece:
    """Bytes to be stored: of the whole or of one part, in one language or in none."""

    content: bytes
    part: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Format:
    """A way to print an edition."""

    name: str
    mimetype: str
    render: Callable[[Edition], Iterable[Piece]]
