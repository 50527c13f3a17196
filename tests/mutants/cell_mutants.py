"""Wrong ways of writing cells, and the check they are held against."""

import csv as tables
import io
from collections.abc import Iterator
from typing import Any

import pytest

from app.core import table_cells
from app.publication.formats import csv
from app.publication.formats.base import Edition
from app.publication.formats.figures import Figure
from tests.mutants.habit_mutants import a_release

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "  =", "'=")
"""What a spreadsheet takes for the beginning of a formula, also where blanks or a quote stand before it."""
NUMBERS = ("value", "hidden", "n", "share_percent", "share_low", "share_high")


def numbers_as_text_formulas(patch: pytest.MonkeyPatch) -> None:
    """`="12"` keeps a spreadsheet from changing a number, and is a formula itself."""
    right = csv._row

    def row(release_id: str, figure: Figure, names: dict[str, dict[str, str]]) -> list[str | int | None]:
        return [f'="{one}"' if isinstance(one, int) else one for one in right(release_id, figure, names)]

    patch.setattr(csv, "_row", row)


def texts_as_they_came(patch: pytest.MonkeyPatch) -> None:
    """Quoting is left to the library, which quotes for its own reader only."""
    patch.setattr(table_cells, "written", str)


def complaints() -> list[str]:
    """Every text of a release begins with a sign of a formula: none may stay one, and numbers stay numbers."""
    return [found for sign in SIGNS for found in _of(f"{sign}1+1|cmd")]


def _of(label: str) -> Iterator[str]:
    document: dict[str, Any] = a_release()
    for dimension in document["dimensions"]:
        for member in dimension["members"]:
            member["label"] = label
    (piece,) = csv.render(Edition(document))
    for row in tables.DictReader(io.StringIO(piece.content.decode("utf-8-sig"), newline=""), delimiter=";"):
        for name, cell in row.items():
            if name in NUMBERS and cell and not cell.isdecimal():
                yield f"{name} is {cell!r}"
            if name not in NUMBERS and cell.lstrip(" ").startswith(SIGNS[:10]):
                yield f"{name} begins a formula: {cell!r}"
