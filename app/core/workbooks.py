"""Workbooks of Excel, the only file that knows openpyxl: rows written one by one, cells read as text.

The same rows give the same bytes on every day. openpyxl (and NumPy, which it takes where it finds it) is imported
when somebody asks for a workbook: the web process would otherwise carry it from its start.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from app.core import archives
from app.core.archives import FileRefused

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_COLUMNS, MOST_ROWS = 60, 20_000
"""Of a sheet that is read."""
_UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl writes no zone; the first date a ZIP file can tell

Cell = str | int | None
Rows = Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Sheet:
    """Rows under a heading that is bold and stays in sight."""

    rows: Rows
    widths: tuple[int, ...] = ()
    """Of the columns, in characters; the last one holds for all that follow."""


def write(sheets: Mapping[str, Rows | Sheet], *, title: str = "") -> bytes:
    """A workbook with these sheets. Rows go straight into the packed file: no sheet is ever whole, here or on disk.

    Numbers are numbers and texts are texts, also those that look like a formula.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - see the module's docstring
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    class Packing(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
        """Leaves out the temporary file openpyxl gives every sheet: statements have no business on a disk."""

        def write_worksheet(self, ws: Any) -> None:
            from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # noqa: PLC0415

            ws._drawing = SpreadsheetDrawing()
            with self._archive.open(ws.path[1:], "w") as part:
                ws._writer = writer = WorksheetWriter(ws, out=part)
                writer.write_top()
                for row in _cells(ws, sheets[ws.title]):
                    ws.append(row)
                ws.close()
            ws._rels = writer._rels
            self.manifest.append(ws)

    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Gadens Stemme", title or None
    book.properties.created = book.properties.modified = _UNDATED
    for name, sheet in sheets.items():
        _lay_out(book.create_sheet(name), sheet)
    out = io.BytesIO()
    Packing(book, archives.Archive(out)).save()
    return out.getvalue()


def read(content: bytes) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as text; a formula counts for the value it was saved with."""
    from openpyxl import load_workbook  # noqa: PLC0415 - see the module's docstring
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    archives.opened(content).close()
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return {sheet.title: _texts(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)) for sheet in book}
    except (InvalidFileException, zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, SyntaxError,
            IndexError, OSError) as error:  # fmt: skip
        raise FileRefused(_("The file cannot be read as a workbook.")) from error


def _lay_out(ws: Any, sheet: Rows | Sheet) -> None:
    """The heading stays, columns are as wide as their words. Must be said before the first row is written."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    if isinstance(sheet, Sheet):
        ws.freeze_panes = "A2"
        for nth, width in enumerate(sheet.widths, 1):
            ws.column_dimensions[get_column_letter(nth)].width = width


def _cells(ws: Any, sheet: Rows | Sheet) -> Iterable[list[Any]]:
    from openpyxl.styles import Font  # noqa: PLC0415

    rows = iter(sheet.rows if isinstance(sheet, Sheet) else sheet)
    if isinstance(sheet, Sheet):
        for heading in islice(rows, 1):
            written = [_as_text(ws, str(value)) for value in heading]
            for one in written:
                one.font = Font(bold=True)
            yield written
    for row in rows:
        yield [_cell(ws, value) for value in row]


def _cell(ws: Any, value: Cell) -> Any:
    """openpyxl takes '=1' for a formula and '#N/A' for an error; we only ever write texts."""
    if not isinstance(value, str):
        return value
    return _as_text(ws, value) if value.startswith(("=", "#")) else _writable(value)


def _as_text(ws: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(ws, _writable(value))
    cell.data_type = "s"
    return cell


def _writable(value: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    return str(ILLEGAL_CHARACTERS_RE.sub("", value))


def _texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """The cells, as far to the right as any row goes. A row far below the others would bring nothing but empty ones."""
    found = [[_text(value) for value in row] for row in islice(rows, MOST_ROWS + 1)]
    if len(found) > MOST_ROWS:
        raise FileRefused(_("A sheet of more than %(most)s rows is not read in.", most=MOST_ROWS))
    width = max((nth for row in found for nth, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in found]


def _text(value: object) -> str:
    """'1,3' typed into a Danish Excel became the number 1.3: it goes back to what was typed."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return "" if value is None else str(value)
