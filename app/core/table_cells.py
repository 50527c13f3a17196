"""Cells of tables that a spreadsheet opens: what it would take for a formula is quoted, and the quote is read back."""

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""Spreadsheets read the full-width forms as the narrow ones."""


def written(text: str) -> str:
    """The text with a leading quote where it could be taken for a formula (or for such a quote)."""
    return f"'{text}" if _is_risky(text) else text


def read(text: str) -> str:
    """What `written` made of a text, undone."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    return text.lstrip(" '").startswith(FORMULA_SIGNS)
