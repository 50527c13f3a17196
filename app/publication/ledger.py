"""Everything ever printed in a catalogue year: what a reader who kept every release knows."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.publication import queries
from app.publication.dimensions import Cell, Dimensions


def read(catalogue: str, dimensions: Dimensions) -> Mapping[Cell, int | None]:
    """Each printed cell with its figure; None where a dash was printed."""
    rows = queries.printed_cells(catalogue)
    return {cell(dimensions, place, period, split, category): value for place, period, split, category, value in rows}


def seen(dimensions: Dimensions, documents: Iterable[Mapping[str, Any]]) -> Mapping[Cell, int | None]:
    """The figures of previews: whoever was shown them knows them, as if they were printed."""
    return {dimensions.cell(one["dims"]): one["value"] for document in documents for one in document["cells"]}


def cell(dimensions: Dimensions, place: str, period: str, split: str, category: str) -> Cell:
    """The cell of a stored row."""
    said = dict(zip(split.split("|"), category.split("|"), strict=True)) if split else {}
    return dimensions.cell({"place": place, "period": period, **said})
