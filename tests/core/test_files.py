"""Workbooks and documents: the same bytes on every day, texts that stay texts, and headings a screen reader finds."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from app.core import archives, workbooks
from app.core.word_documents import Document
from app.core.workbooks import Sheet


def workbook() -> bytes:
    rows = [["Navn", "Antal"], ["=1+1", 5], ["#N/A", None], ["a\x0bb", 7]]
    return workbooks.write({"tal": Sheet(rows, (30,))}, title="Tal")


def document() -> bytes:
    written = Document("Tal")
    written.heading("Tal")
    written.table("Svar", ("Navn", "Antal"), [("<b>&", "–"), ("a\x0bb", "7")])
    return written.content()


@pytest.mark.parametrize("make", [workbook, document])
def test_the_same_content_gives_the_same_bytes_whatever_the_hour(make: Callable[[], bytes]) -> None:
    content = make()

    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(content)).infolist()}

    assert dates == {(1980, 1, 1, 0, 0, 0)}  # a part with the hour in it would differ every two seconds
    assert content == make()


def test_a_text_that_looks_like_a_formula_stays_a_text_and_a_number_a_number() -> None:
    sheet = load_workbook(io.BytesIO(workbook()))["tal"]

    cells = [(cell.value, cell.data_type) for row in sheet.iter_rows(min_row=2) for cell in row]

    assert cells == [("=1+1", "s"), (5, "n"), ("#N/A", "s"), (None, "n"), ("ab", "s"), (7, "n")]
    assert sheet.freeze_panes == "A2"


def test_the_heading_of_a_words_table_is_said_on_every_page() -> None:
    found = docx.Document(io.BytesIO(document()))

    table = found.tables[0]
    marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert marks == [True, False, False]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [["<b>&", "–"], ["ab", "7"]]
    assert (found.core_properties.language, found.core_properties.author) == ("da", "Gadens Stemme")


def test_an_archive_of_ours_is_opened_by_our_own_rules() -> None:
    content = archives.packed({"a.txt": b"a", "b/c.txt": b"c"})

    assert archives.part(archives.opened(content), "b/c.txt") == b"c"
