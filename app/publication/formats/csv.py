"""The release as a table that opens in a Danish Excel: semicolons, a byte order mark, CRLF."""

import csv
import io
from collections.abc import Iterable

from app.core import table_cells
from app.publication.formats.base import Edition, Piece
from app.publication.formats.figures import Figure, Figures, labels

COLUMNS = (
    "release", "table", "place", "place_label", "period", "variable", "category", "category_label",
    "value", "hidden", "n", "share_percent", "share_low", "share_high",
)  # fmt: skip


def render(edition: Edition) -> Iterable[Piece]:
    """One row for each planned cell; a hidden one has no value and says so."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    document = edition.document
    names = {one["id"]: labels(document, one["id"]) for one in document["dimensions"]}
    for figure in Figures(document).all:
        writer.writerow(_row(document["id"], figure, names))
    yield Piece(lines.getvalue().encode("utf-8-sig"))


def _row(release_id: str, figure: Figure, names: dict[str, dict[str, str]]) -> list[str | int | None]:
    share = figure.share
    texts = (
        release_id,
        figure.table,
        figure.place,
        names["place"][figure.place],
        figure.cell.get("period") or "",
        "|".join(one.id for one, _ in figure.split),
        "|".join(code for _, code in figure.split),
        "|".join(names[one.id][code] for one, code in figure.split),
    )
    numbers = (figure.n, *((share.percent, share.low, share.high) if share else (None, None, None)))
    return [*map(table_cells.written, texts), figure.value, int(figure.value is None), *numbers]
