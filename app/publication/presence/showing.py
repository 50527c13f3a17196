"""How numbers of missing voices are written: with the comma or the point of the reader's language."""

from flask_babel import format_decimal


def decimal(number: float, digits: int | None = None) -> str:
    """With so many decimals; without saying how many, none that are not needed."""
    if digits is None:
        return str(format_decimal(number, format="#,##0.#"))
    return str(format_decimal(number, format=f"#,##0.{'0' * digits}"))
