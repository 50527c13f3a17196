"""The codebook as a table, the same columns in CSV and in a workbook: what each cell holds, and how it is read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core import table_cells
from app.core.archives import FileRefused
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import said
from app.desk.moderation.exchange.said import Said

COLUMNS = {
    "key": "key", "guid": "guid", "parent": "parent_key", "name_da": "name_da", "name_en": "name_en",
    "definition_da": "definition_da", "definition_en": "definition_en", "exclusion_da": "exclusion_da",
    "exclusion_en": "exclusion_en", "example_da": "example_da", "hints": "hints", "principles": "principles",
    "colour": "colour", "status": "state", "version": "version",
}  # fmt: skip
"""The columns in their order, and what of a code stands in each."""
NEEDED = ("key", "name_da")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PRINCIPLES = range(1, 11)


def rows(lines: Iterable[Line]) -> Iterator[list[str]]:
    """The header, then a row for each code; no cell is a formula."""
    yield list(COLUMNS)
    for line in lines:
        yield [table_cells.written(_cell(getattr(line, name))) for name in COLUMNS.values()]


def read(table: Iterable[Sequence[str]]) -> tuple[Said, ...]:
    """The codes of a table with a header; columns in any order, unknown ones are left alone."""
    found = iter(table)
    header = [name.strip().lower() for name in next(found, ())]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise FileRefused(_("The first row must name the columns; %(columns)s is missing.", columns=", ".join(missing)))
    numbered = ((number, row) for number, row in enumerate(found, 2) if any(cell.strip() for cell in row))
    return said.checked(_said(number, dict(zip(header, row, strict=False))) for number, row in numbered)


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return ("|" if all(isinstance(one, str) for one in value) else ",").join(str(one) for one in value)
    return "" if value is None else str(value)


def _said(row: int, written: Mapping[str, str]) -> Said:
    cell = {name: table_cells.read(text.strip()) for name, text in written.items() if name in COLUMNS}
    texts = {name: cell[name] for name in said.TEXTS if name in cell}
    return Said(
        row=row,
        guid=said.guid(cell["guid"], row) if cell.get("guid") else None,
        key=cell.get("key", "").upper() or None,
        parent=cell["parent"].upper() if "parent" in cell else None,
        hints=_hints(cell["hints"]) if "hints" in cell else None,
        principles=_principles(cell["principles"], row) if "principles" in cell else None,
        colour=_colour(cell["colour"], row) if "colour" in cell else None,
        status=cell.get("status") or None,
        version=int(cell["version"]) if cell.get("version", "").isdecimal() else None,
        **texts,
    )


def _hints(cell: str) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in cell.split("|")) if word)


def _principles(cell: str, row: int) -> tuple[int, ...]:
    found = [part.strip() for part in cell.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) in _PRINCIPLES for part in found):
        raise FileRefused(_("Row %(row)s: principles are numbers from 1 to 10 with commas between.", row=row))
    return tuple(int(part) for part in found)


def _colour(cell: str, row: int) -> str:
    if cell and not _COLOUR.fullmatch(cell):
        raise FileRefused(_("Row %(row)s: a colour is written like #1B6CA8.", row=row))
    return cell.upper()
