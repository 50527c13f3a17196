"""A line of the codebook as a value: all that is said of one code, and what may be written there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.folding import fold

_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CONTENT = ("theme", "sub")
"""Kinds that say what a text is about; types and flags are the product's."""
TEXTS = (
    "definition_da", "definition_en", "use_when_da", "use_when_en", "exclusion_da", "exclusion_en",
    "example_da", "borderline_da",
)  # fmt: skip
NAMES = ("name_da", "name_en")
WRITABLE = (*NAMES, *TEXTS, "hints", "principles", "colour")
OF_A_MARK = (*NAMES, "definition_da", "definition_en")
NEVER_EMPTY = ("definition_da", "example_da")
"""What a code needs, and keeps once it is written."""
"""What may be written of a type or a flag."""
LONGEST_NAME, LONGEST_TEXT, LONGEST_HINT, MOST_HINTS = 80, 2000, 60, 100
PRINCIPLES = range(1, 11)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")


class NotWritable(Refusal):
    """What cannot stand in a line of the codebook."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One code. The guid is its identity; key and guid never change."""

    guid: str
    key: str
    kind: str
    parent_key: str | None = None
    name_da: str = ""
    name_en: str = ""
    definition_da: str = ""
    definition_en: str = ""
    use_when_da: str = ""
    use_when_en: str = ""
    exclusion_da: str = ""
    exclusion_en: str = ""
    example_da: str = ""
    borderline_da: str = ""
    hints: tuple[str, ...] = ()
    principles: tuple[int, ...] = ()
    colour: str = ""
    state: str = "active"
    version: int = 1
    since: int = 1
    place: int = 0

    @property
    def is_active(self) -> bool:
        """Whether it may be tagged."""
        return self.state == "active"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What must be written before a new code can be published."""
        return tuple(name for name in NEVER_EMPTY if not getattr(self, name))

    def name(self, *, in_danish: bool) -> str:
        """What it is called on the screen."""
        return self.name_da if in_danish else self.name_en

    def with_(self, **values: Any) -> "Line":
        """The line with other values."""
        return replace(self, **values)


NAMES_OF_FIELDS = tuple(field.name for field in fields(Line))


def from_row(row: Any) -> Line:
    """The line of a row of the table."""
    values = {name: getattr(row, name) for name in NAMES_OF_FIELDS}
    return Line(**values | {"hints": tuple(row.hints), "principles": tuple(row.principles)})


def as_row(line: Line) -> dict[str, Any]:
    """What the table and an event keep of a line."""
    values = {name: getattr(line, name) for name in NAMES_OF_FIELDS}
    return values | {"hints": list(line.hints), "principles": list(line.principles)}


def read(row: Mapping[str, Any]) -> Line:
    """The line of what an event keeps."""
    return Line(**dict(row) | {"hints": tuple(row["hints"]), "principles": tuple(row["principles"])})


def cleaned(sent: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What is sent, trimmed; raises NotWritable with a sentence for what a line cannot hold."""
    allowed = WRITABLE if kind in CONTENT else OF_A_MARK
    if unknown := set(sent) - set(allowed):
        raise NotWritable(_("This cannot be written here: %(field)s.", field=", ".join(sorted(unknown))))
    found: dict[str, Any] = {}
    for name, value in sent.items():
        found[name] = _CLEANERS.get(name, _text)(value)
    if "name_da" in found and not found["name_da"]:
        raise NotWritable(_("Give it a Danish name."))
    if found.get("name_en") == "":
        raise NotWritable(_("Give it an English name."))
    return found


def plain(value: object) -> str:
    """Text without characters that neither a database nor XML holds; a word processor's soft line end is a space."""
    return _UNWRITABLE.sub("", re.sub(r"[\v\f]", " ", str(value)))


def _name(value: str) -> str:
    name = " ".join(plain(value).split())
    if len(name) > LONGEST_NAME:
        raise NotWritable(_("A name has at most %(most)s characters.", most=LONGEST_NAME))
    return name


def _text(value: str) -> str:
    text = plain(value).strip()
    if len(text) > LONGEST_TEXT:
        raise NotWritable(_("A field has at most %(most)s characters.", most=LONGEST_TEXT))
    return text


def _hints(value: Any) -> tuple[str, ...]:
    said = {fold(hint): hint for hint in reversed([" ".join(plain(one).split()) for one in value]) if hint}
    hints = tuple(reversed(said.values()))
    if len(hints) > MOST_HINTS or any(len(hint) > LONGEST_HINT or not _LETTER.search(hint) for hint in hints):
        raise NotWritable(_("A hint is a word or a few, and a code has at most %(most)s.", most=MOST_HINTS))
    return hints


def _principles(value: Any) -> tuple[int, ...]:
    numbers = tuple(sorted({int(one) for one in value}))
    if any(number not in PRINCIPLES for number in numbers):
        raise NotWritable(_("The principles are numbered 1 to 10."))
    return numbers


def _colour(value: str) -> str:
    if value and not _COLOUR.fullmatch(value):
        raise NotWritable(_("A colour is written as #RRGGBB."))
    return value.upper()


_CLEANERS = {
    "name_da": _name, "name_en": _name, "hints": _hints, "principles": _principles, "colour": _colour,
}  # fmt: skip
