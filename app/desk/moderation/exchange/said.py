"""One code as a file says it, before it is held against the codebook."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.archives import FileRefused

MOST = 2000
"""Codes of a file."""
TEXTS = (
    "name_da", "name_en", "definition_da", "definition_en", "use_when_da", "use_when_en",
    "exclusion_da", "exclusion_en", "example_da", "borderline_da",
)  # fmt: skip
CONTENT = (*TEXTS, "hints", "principles", "colour")
"""What a file may change of a code; key and guid never change, and the state changes in the codebook alone."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A theme or sub-code. None means that the file does not say."""

    row: int
    """Where it stands in the file, for complaints: the row of a table, the number of a code."""
    guid: str | None = None
    """Lower case, without braces, as the codebook keeps it."""
    key: str | None = None
    parent: str | None = None
    """The key, guid or English name of its theme; '' for a theme."""
    name_da: str | None = None
    name_en: str | None = None
    definition_da: str | None = None
    definition_en: str | None = None
    use_when_da: str | None = None
    use_when_en: str | None = None
    exclusion_da: str | None = None
    exclusion_en: str | None = None
    example_da: str | None = None
    borderline_da: str | None = None
    hints: tuple[str, ...] | None = None
    principles: tuple[int, ...] | None = None
    colour: str | None = None
    status: str | None = None
    version: int | None = None
    """In which version of the codebook the file found it."""

    def content(self) -> dict[str, Any]:
        """What it says of the code beside its identity."""
        found = {name: getattr(self, name) for name in CONTENT}
        return {name: value for name, value in found.items() if value is not None}


def guid(written: str, row: int) -> str:
    """A guid as the codebook keeps it: lower case, without braces. Refuses anything else."""
    bare = written.strip().removeprefix("{").removesuffix("}").lower()
    try:
        if str(uuid.UUID(bare)) == bare:
            return bare
    except ValueError:
        pass
    raise FileRefused(_("Row %(row)s: this is not an identifier (guid).", row=row))


def checked(found: Iterable[Said]) -> tuple[Said, ...]:
    """The codes of a file: at least one, not too many, none twice."""
    codes = tuple(found)
    if not codes:
        raise FileRefused(_("There are no codes in this file."))
    if len(codes) > MOST:
        raise FileRefused(_("A codebook of more than %(most)s codes is not read in.", most=MOST))
    for name in ("guid", "key"):
        _refuse_twice(codes, name)
    return codes


def _refuse_twice(codes: Iterable[Said], name: str) -> None:
    before: dict[str, int] = {}
    for code in codes:
        value: str | None = getattr(code, name)
        if value and value in before:
            raise FileRefused(
                _("Row %(row)s: %(value)s stands in row %(first)s too.", row=code.row, value=value, first=before[value])
            )
        if value:
            before[value] = code.row
