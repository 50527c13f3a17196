"""The codebook: two levels of themes, the types and the flags; guid is identity."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.config import ROOT
from app.core.errors import Refusal
from app.desk.moderation.codebook import queries
from app.desk.moderation.models import Code

PATH = ROOT / "content" / "codebook.json"


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

    def code(self, key: str) -> Code | None:
        """The code of this key."""
        return next((code for code in self._all() if code.key == key), None)

    @property
    def version(self) -> int:
        """The newest version any line was written in."""
        return max((code.version for code in self._all()), default=0)

    def _all(self) -> Iterator[Code]:
        for theme in self.themes:
            yield theme.code
            yield from theme.subs
        yield from self.types
        yield from self.flags


def load(content: str | None = None) -> int:
    """Read the codebook (the shipped one if none is given) into the database; how many codes changed.

    Reading the same file again changes nothing. A guid that comes with another key is refused:
    names may change, keys and guids never.
    """
    document = json.loads(content if content is not None else PATH.read_text("utf-8"))
    known = {code.guid: code for code in queries.codes()}
    changed = 0
    for place, line in enumerate(_lines(document)):
        code = known.get(line["guid"])
        if code and code.key != line["key"]:
            raise CodebookRefused(f"The code {code.key} cannot become {line['key']}: keys never change.")
        changed += _write(code, line | {"place": place}, document["version"])
    db.db.session.flush()
    return changed


def book() -> Book:
    """The codebook as it stands, only what may be tagged."""
    codes = [code for code in queries.codes() if code.state == "active"]
    themes = tuple(
        Theme(theme, tuple(code for code in codes if code.parent_key == theme.key))
        for theme in codes
        if theme.kind == "theme"
    )
    by_kind = {kind: tuple(code for code in codes if code.kind == kind) for kind in ("type", "flag")}
    return Book(themes, by_kind["type"], by_kind["flag"])


def _write(code: Code | None, line: Mapping[str, Any], version: int) -> int:
    if code is None:
        db.db.session.add(Code(**line, state="active", version=version))
        return 1
    new = {name: value for name, value in line.items() if getattr(code, name) != value}
    for name, value in new.items():
        setattr(code, name, value)
    if new:
        code.version = version
    return bool(new)


def _lines(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for theme in document["themes"]:
        yield _line(theme, "theme", None, theme)
        for sub in theme["sub"]:
            yield _line(sub, "sub", theme["key"], theme)
    for kind in ("type", "flag"):
        for entry in document[f"{kind}s"]:
            yield _line(entry, kind, None, entry)


def _line(entry: Mapping[str, Any], kind: str, parent: str | None, theme: Mapping[str, Any]) -> dict[str, Any]:
    """A sub-code has its theme's principles and exclusion unless it carries its own."""
    definition, exclusion = entry.get("definition", {}), entry.get("exclusion", theme.get("exclusion", {}))
    return {
        "guid": entry["guid"],
        "key": entry["key"],
        "parent_key": parent,
        "kind": kind,
        "name_da": entry["name"]["da"],
        "name_en": entry["name"]["en"],
        "definition_da": definition.get("da", ""),
        "definition_en": definition.get("en", ""),
        "exclusion_da": exclusion.get("da", ""),
        "exclusion_en": exclusion.get("en", ""),
        "example_da": entry.get("example", {}).get("da", ""),
        "hints": entry.get("hints", []),
        "principles": entry.get("principles", theme.get("principles", [])),
    }
