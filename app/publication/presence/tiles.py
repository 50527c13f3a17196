"""The tile map: every municipality the same size, where it roughly lies. It shows where we come, never who answers.

The table beside it says the same in words; nothing is shaded by what people answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.publication.presence import municipalities
from app.publication.presence.coverage import AreaRows, Row

SIDE = 40
"""Units of the drawing from one tile to the next."""
_LETTERS = 4


@dataclass(frozen=True)
class Tile:
    """One municipality on the map: where it stands, its first letters, and what of ours comes there."""

    x: int
    y: int
    letters: str
    row: Row


def tiles(areas: Sequence[AreaRows]) -> list[Tile]:
    """A tile for each municipality, row by row."""
    rows = {row.place: row for area in areas for row in area.municipalities}
    order = sorted(municipalities.every(), key=lambda one: (one.tile[1], one.tile[0]))
    return [Tile(SIDE * one.tile[0], SIDE * one.tile[1], one.name[:_LETTERS], rows[one.place]) for one in order]


def squares(found: Sequence[Tile]) -> dict[str, str]:
    """One path for all tiles that are reached alike: house, stop, nobody."""
    paths: dict[str, str] = {}
    for tile in found:
        square = f"M{tile.x + 1} {tile.y + 1}h38v38h-38z"
        paths[tile.row.reach] = paths.get(tile.row.reach, "") + square
    return paths


def size() -> tuple[int, int]:
    """Width and height of the drawing."""
    columns, rows = zip(*(one.tile for one in municipalities.every()), strict=True)
    return SIDE * (max(columns) + 1), SIDE * (max(rows) + 1)
