"""What the people of the demo say, read from content/demo/voices.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.config import ROOT

FOLDER = ROOT / "content" / "demo"
PARTS = ("before", "last", "running", "waiting")


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A few words, where they are said, and what the moderators make of them."""

    text: str
    at: str | None = None
    """A place or a kind of place; anywhere if there is none."""
    lang: str = "da"
    codes: tuple[str, ...] = ()
    type: str | None = None
    hide: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()
    quote: bool = False
    reject: str = ""
    note: str = ""
    hold: str = ""
    worry: str = ""

    @property
    def is_read(self) -> bool:
        """Whether a moderator does anything with it."""
        return bool(self.codes or self.reject or self.hold or self.worry)


@cache
def by_part() -> Mapping[str, tuple[Voice, ...]]:
    """The voices of each part of the demo's time."""
    document = tomllib.loads((FOLDER / "voices.toml").read_text("utf-8"))
    return {part: tuple(_voice(entry) for entry in document[part]) for part in PARTS}


def by_text() -> Mapping[str, Voice]:
    """Every voice by its words: they are all different."""
    return {voice.text: voice for part in by_part().values() for voice in part}


def _voice(entry: Mapping[str, object]) -> Voice:
    return Voice(**{name: _frozen(value) for name, value in entry.items()})  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
