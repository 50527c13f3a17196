"""The figures of a frozen release, with what each is a share of."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.publication import uncertainty
from app.publication.dimensions import Cell, Dimension, Dimensions
from app.publication.formats.base import Document
from app.publication.uncertainty import Share


@dataclass(frozen=True)
class Figure:
    """One cell as it is printed: a dash where `value` is None, whatever the reason."""

    table: str
    cell: Cell
    place: str
    split: tuple[tuple[Dimension, str], ...]
    value: int | None
    n: int | None
    """What it is a share of: its ground, else every answer there; None where that is not shown."""
    share: Share | None

    @property
    def is_ground(self) -> bool:
        """Whether others are shares of this one."""
        return bool(self.split) and all(one.by_code[code].ground for one, code in self.split)


class Figures:
    """Everything printed in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.dimensions = Dimensions.from_json(document["dimensions"])

    @cached_property
    def all(self) -> tuple[Figure, ...]:
        """Every figure in the order of the document."""
        return tuple(self._figure(written) for written in self.document["cells"])

    @cached_property
    def _printed(self) -> dict[Cell, int | None]:
        return {self.dimensions.cell(one["dims"]): one["value"] for one in self.document["cells"]}

    def of(self, table: str, place: str | None = None) -> tuple[Figure, ...]:
        """The figures of one table, of one place or of all."""
        return tuple(one for one in self.all if one.table == table and place in (None, one.place))

    def places(self, table: str) -> tuple[str, ...]:
        """The places a table has rows for, in order."""
        return tuple(dict.fromkeys(one.place for one in self.of(table)))

    def _figure(self, written: dict[str, Any]) -> Figure:
        cell = self.dimensions.cell(written["dims"])
        split = self.dimensions.split_by(cell)
        value, n = written["value"], self._printed.get(_around(cell, split)) if split else None
        figure = Figure(written["table"], cell, written["dims"]["place"], split, value, n, None)
        if value is None or n is None or n < self.document["min_n"] or figure.is_ground:
            return figure
        return Figure(figure.table, cell, figure.place, split, value, n, uncertainty.share(value, n))


def labels(document: Document, dimension: str) -> dict[str, str]:
    """What the document calls the members of a dimension; the code where it has no name."""
    members: Iterable[dict[str, Any]] = next(one["members"] for one in document["dimensions"] if one["id"] == dimension)
    return {member["code"]: member.get("label", member["code"]) for member in members}


def _around(cell: Cell, split: tuple[tuple[Dimension, str], ...]) -> Cell:
    dimension, code = split[-1]
    ground = dimension.ground_of(code)
    return cell.moved(dimension.id, ground) if ground else cell.without(dimension.id)
