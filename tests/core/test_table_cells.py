"""No cell of any file is a formula, and what was quoted is read back as it was."""

import pytest

from app.core import table_cells


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a", "  =1", "'=1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_quoted_and_read_back(text: str) -> None:
    assert table_cells.written(text) == f"'{text}"
    assert table_cells.read(table_cells.written(text)) == text


@pytest.mark.parametrize("text", ["Godt – meget", "a=b", "'s hus", ""])
def test_a_text_with_a_sign_inside_stays_as_it_is(text: str) -> None:
    assert table_cells.written(text) == table_cells.read(text) == text
