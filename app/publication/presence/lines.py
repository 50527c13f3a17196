"""A file of rows with semicolons between the cells, as a spreadsheet writes it: one refusal a row, never a guess."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.errors import Refusal

MOST_ROWS = 20_000
_LONGEST_SOURCE = 120
_LONGEST_NUMBER = 15
"""Digits; with hundreds of them a number is infinite."""
_YEARS = range(1990, 2100)


class FileRefused(Refusal):
    """A file we cannot read at all."""


class RowRefused(Refusal):
    """A row that cannot be taken in, and why."""


@dataclass(frozen=True)
class Refused:
    """A row as it stands in the file, and why it stays outside."""

    line: int
    text: str
    why: str


def columns(content: bytes) -> tuple[str, ...]:
    """What the first line calls the columns."""
    first = _text(content).splitlines()[:1]
    return tuple(cell.strip().lower() for cell in first[0].split(";")) if first else ()


def rows(content: bytes, wanted: Sequence[str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Line number, the row as it stands, and its cells by column. Refuses a file with other columns."""
    text = _text(content)
    if columns(content) != tuple(wanted):
        raise FileRefused(_("The first line must be: %(columns)s", columns=";".join(wanted)))
    if text.count("\n") > MOST_ROWS:
        raise FileRefused(_("The file has more than %(most)s rows.", most=MOST_ROWS))
    reader = csv.reader(io.StringIO(text), delimiter=";")
    next(reader)
    try:
        found = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise FileRefused(_("This file cannot be read as a table.")) from error
    for line, cells in found:
        if any(cell.strip() for cell in cells):
            stripped = [cell.strip() for cell in cells]
            yield line, ";".join(cells), dict(zip(wanted, stripped, strict=False))


def number(text: str, *, why: str) -> float:
    """A number with a decimal point or a decimal comma; refused with `why` where it is none."""
    plain = text.replace(",", ".")
    if len(plain) > _LONGEST_NUMBER or not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        raise RowRefused(why)
    return float(plain)


def between(text: str, *, why: str) -> float | None:
    """One end of a range; None where the cell is empty."""
    return number(text, why=why) if text else None


def year_and_source(cells: dict[str, str]) -> tuple[int, str]:
    """Both are needed: a number without them says nothing."""
    year, source = cells.get("year", ""), cells.get("source", "")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and int(year) in _YEARS and source):
        raise RowRefused(_("year and source are needed"))
    if len(source) > _LONGEST_SOURCE:
        raise RowRefused(_("the source is longer than %(most)s letters", most=_LONGEST_SOURCE))
    return int(year), source


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        raise FileRefused(_("The file is not UTF-8. Save it again as CSV UTF-8.")) from error
