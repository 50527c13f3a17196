"""What every column of a file of microdata means, as a table that opens in a Danish Excel."""

import csv
import io
from collections.abc import Sequence

from app.core import table_cells
from app.publication.microdata.columns import Column

HEADER = ("variable", "label_da", "label_en", "type", "values", "missing", "table", "note")


def written(columns: Sequence[Column]) -> bytes:
    """One row a column."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in columns:
        cells = (one.name, one.da, one.en, one.type, _values(one), one.missing, one.table, one.note)
        writer.writerow([table_cells.written(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _values(one: Column) -> str:
    return "|".join(f"{code}={word}" if word else code for code, word in one.values.items())
