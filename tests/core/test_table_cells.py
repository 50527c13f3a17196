"""No cell of any file is a formula, and what was quoted is read back as it was."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.core import table_cells
from app.core.config import ROOT
from tests.mutants import cell_mutants


@pytest.mark.requirement("R19")
@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a", "  =1", "'=1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_quoted_and_read_back(text: str) -> None:
    assert table_cells.written(text) == f"'{text}"
    assert table_cells.read(table_cells.written(text)) == text


@pytest.mark.parametrize("text", ["Godt – meget", "a=b", "'s hus", ""])
def test_a_text_with_a_sign_inside_stays_as_it_is(text: str) -> None:
    assert table_cells.written(text) == table_cells.read(text) == text


@pytest.mark.requirement("R19")
def test_twelve_beginnings_of_a_formula_are_neutral_in_a_table_and_numbers_are_numbers(
    app: Flask, figure: Callable[[str], None]
) -> None:
    assert cell_mutants.complaints() == []
    figure(f"{len(cell_mutants.SIGNS)} beginnings of a formula neutral")


@pytest.mark.requirement("R19", mutants=True)
@pytest.mark.parametrize("wrong", [cell_mutants.numbers_as_text_formulas, cell_mutants.texts_as_they_came])
def test_a_wrong_way_of_writing_cells_is_caught(
    app: Flask, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[pytest.MonkeyPatch], None]
) -> None:
    wrong(monkeypatch)

    assert cell_mutants.complaints() != []


@pytest.mark.requirement("R19")
def test_whoever_writes_a_table_writes_its_cells_this_way() -> None:
    files = {file: file.read_text("utf-8") for file in (ROOT / "app").rglob("*.py")}
    writers = {file: text for file, text in files.items() if "csv.writer(" in text}

    assert len(writers) >= 5
    assert [file for file, text in writers.items() if "table_cells" not in text and "tables." not in text] == []
