"""A table of a release laid out for paper: places beside answers, with nothing wider than a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.publication.formats.about import say
from app.publication.formats.blocks import Block, Row, Table

DASH = "–"
MOST_COLUMNS = 12
"""Answers that fit beside each other; where there are more, they stand below each other."""


@dataclass(frozen=True)
class Matrix:
    """Rows under a heading; the first cell of each names its row."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def of(blocks: Sequence[Block]) -> Matrix:
    """The places of one level."""
    said = list(dict.fromkeys(row.label for block in blocks for row in block.rows))
    if len(said) <= MOST_COLUMNS:
        heading = (say("Place"), say("Answers"), *said)
        return Matrix(heading, tuple((one.place, number(one.n), *_figures(one, said)) for one in blocks))
    by_place = [dict(zip(said, _figures(one, said), strict=True)) for one in blocks]
    heading = (say("Answer"), *(f"{one.place} ({number(one.n)})" for one in blocks))
    return Matrix(heading, tuple((label, *(one[label] for one in by_place)) for label in said))


def levels(table: Table) -> Iterator[tuple[str, Sequence[Block]]]:
    """The levels below the whole country, each with its places in order."""
    return ((level, blocks) for level, blocks in table.levels if level != "country")


def number(value: int | None) -> str:
    """A count; a dash where it is hidden, whatever the reason."""
    return DASH if value is None else str(value)


def written(row: Row) -> str:
    """'41 (43 %)'; the count alone where there is no share."""
    share = row.figure.share
    return f"{number(row.figure.value)} ({share.percent} %)" if share else number(row.figure.value)


def _figures(block: Block, said: Sequence[str]) -> list[str]:
    by_label = {row.label: row for row in block.rows}
    return [written(by_label[label]) if label in by_label else "" for label in said]
