"""Workbooks of Excel, the only file that knows openpyxl: rows written one by one, cells read as text.

openpyxl (and NumPy, which it takes where it finds it) is imported when somebody asks for a workbook: the web
process would otherwise carry it from its start.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from app.desk.moderation.exchange import archives
from app.desk.moderation.exchange.said import MOST, FileRefused

Cell = str | int | None
Rows = Iterable[Sequence[Cell]]
MOST_COLUMNS, MOST_ROWS = 60, 10 * MOST


def write(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets. Rows go straight into the packed file: no sheet is ever whole, here or on disk."""
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
                for row in sheets[ws.title]:
                    ws.append(list(row))
                ws.close()
            ws._rels = writer._rels
            self.manifest.append(ws)

    book = Workbook(write_only=True)
    for title in sheets:
        book.create_sheet(title)
    out = io.BytesIO()
    Packing(book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)).save()
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


def _texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """The cells, as far to the right as any row goes. A row far below the others would bring nothing but empty ones."""
    found = [[_text(value) for value in row] for row in islice(rows, MOST_ROWS + 1)]
    if len(found) > MOST_ROWS:
        raise FileRefused(_("A codebook of more than %(most)s codes is not read in.", most=MOST))
    width = max((nth for row in found for nth, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in found]


def _text(value: object) -> str:
    """'1,3' typed into a Danish Excel became the number 1.3: it goes back to what was typed."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return "" if value is None else str(value)
