"""Everything ever printed in a catalogue year: what a reader who kept every release knows."""

from collections.abc import Mapping

from app.publication import queries
from app.publication.dimensions import Cell, Dimensions


def read(catalogue: str, dimensions: Dimensions) -> Mapping[Cell, int | None]:
    """Each printed cell with its figure; None where a dash was printed."""
    rows = queries.printed_cells(catalogue)
    return {cell(dimensions, place, period, split, category): value for place, period, split, category, value in rows}


def cell(dimensions: Dimensions, place: str, period: str, split: str, category: str) -> Cell:
    """The cell of a stored row."""
    said = dict(zip(split.split("|"), category.split("|"), strict=True)) if split else {}
    return dimensions.cell({"place": place, "period": period, **said})
