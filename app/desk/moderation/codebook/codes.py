"""The codebook: two levels of themes, the types and the flags; guid is identity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from app.core import clock
from app.core.errors import Refusal
from app.desk.moderation.codebook import queries, shipped, storing, version_queries
from app.desk.moderation.models import Code


class CodebookRefused(Refusal):
    """A codebook that would change what a code is."""


@dataclass(frozen=True)
class Theme:
    """A theme with its sub-codes."""

    code: Code
    subs: tuple[Code, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the theme and of all under it."""
        return frozenset({self.code.key, *(sub.key for sub in self.subs)})


@dataclass(frozen=True)
class Book:
    """What may be tagged now."""

    themes: tuple[Theme, ...]
    types: tuple[Code, ...]
    flags: tuple[Code, ...]
    version: int
    """The published version: the newest any line was written in, also one that is not offered any more."""
    former: tuple[Code, ...] = ()
    """Retired, merged and split codes: texts may still have them."""

    def code(self, key: str) -> Code | None:
        """The code of this key, if it may be tagged."""
        return next((code for code in self._all() if code.key == key), None)

    def any(self, key: str) -> Code | None:
        """The code of this key, also one that is not offered any more."""
        return self.code(key) or next((code for code in self.former if code.key == key), None)

    @property
    def hints(self) -> dict[str, tuple[str, ...]]:
        """The hint words of every code that has some, by key."""
        return {code.key: tuple(code.hints) for code in self._all() if code.hints}

    def _all(self) -> Iterator[Code]:
        of_themes = (code for theme in self.themes for code in (theme.code, *theme.subs))
        return chain(of_themes, self.types, self.flags)


def load(content: str | None = None) -> int:
    """Read the codebook (the shipped one if none is given) into the database; how many codes changed.

    Reading the same file again changes nothing, and so does reading any file once people here have published
    a version or begun a draft: from then on the codebook is theirs, and a new one comes in as an import.
    A guid that comes with another key is refused: names may change, keys and guids never.
    """
    version, given = shipped.read(content)
    before = storing.read()
    for line in given:
        known = before.lines.get(line.guid)
        if known and known.key != line.key:
            raise CodebookRefused(f"The code {known.key} cannot become {line.key}: keys never change.")
    if any(one.state != "shipped" for one in version_queries.versions()):
        return 0
    after = before
    for line in given:
        known = before.lines.get(line.guid)
        written = line.with_(version=known.version, since=known.since, state=known.state) if known else line
        if written != known:
            after = after.with_line(replace(written, version=version))
    changed = storing.delta(before, after)
    storing.write(before, after)
    _record(version, changed if before.lines and changed["lines"] else None)
    return len(changed["lines"])


def book() -> Book:
    """The codebook as it stands, only what may be tagged."""
    all_codes = queries.codes()
    codes = [code for code in all_codes if code.state == "active"]
    themes = tuple(
        Theme(theme, tuple(code for code in codes if code.parent_key == theme.key))
        for theme in codes
        if theme.kind == "theme"
    )
    types, flags = (tuple(code for code in codes if code.kind == kind) for kind in ("type", "flag"))
    former = tuple(code for code in all_codes if code.state != "active")
    return Book(themes, types, flags, max((code.version for code in all_codes), default=0), former)


def version() -> int:
    """The published version; 0 before any codebook is read."""
    newest = version_queries.newest()
    return newest.number if newest else 0


def _record(version: int, changed: storing.Delta | None) -> None:
    """The version that came with the product, and what it changed of the one before."""
    if version_queries.version(version) is None:
        version_queries.save_version(version, "shipped", on=clock.today())
    if changed:
        version_queries.add_event(version=version, act="load", reason="", delta=dict(changed))
