"""What a page shows of a table: its places, each with its rows, and what is hidden told in few lines."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import groupby

from app.publication.formats.figures import Figure

MOST_DASHES = 2
"""More hidden rows than this in one place are told in one line."""


@dataclass(frozen=True)
class Row:
    """One line of a table: a name, and a figure or a dash."""

    label: str
    figure: Figure

    @property
    def bar(self) -> int | None:
        """How long its bar is, of 100; none where there is no share, and never anything of a hidden one."""
        return self.figure.share.percent if self.figure.share else None


@dataclass(frozen=True)
class Block:
    """The rows of one table for one place: those who answered, and what they said."""

    place: str
    n: int | None
    of: int | None
    """How many answered where fewer did than came (`n` of `of`)."""
    rows: tuple[Row, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of what they said is shown."""
        return self.n is None or all(row.figure.value is None for row in self.rows)

    @property
    def listed(self) -> tuple[Row, ...]:
        """The rows with a line of their own."""
        return tuple(row for row in self.rows if row.label not in self.folded)

    @property
    def folded(self) -> tuple[str, ...]:
        """The names of the hidden rows, where they are too many to have a line each."""
        hidden = tuple(row.label for row in self.rows if row.figure.value is None)
        return hidden if len(hidden) > MOST_DASHES else ()

    def without(self, labels: Collection[str]) -> "Block":
        """The same place without these rows."""
        return replace(self, rows=tuple(row for row in self.rows if row.label not in labels))


@dataclass(frozen=True)
class Level:
    """The places of one kind: those with something to show, and those without."""

    name: str
    shown: tuple[Block, ...]
    hidden: tuple[Block, ...]


@dataclass(frozen=True)
class Table:
    """A table as the page shows it."""

    id: str
    title: str
    levels: tuple[tuple[str, tuple[Block, ...]], ...]
    """Kind of level (country, region …) with its places."""
    whole: "Table | None" = None
    """The table this is one page of."""

    def paged(self, count: int) -> "tuple[Table, ...]":
        """The table on at most so many pages, its places in their order."""
        places = [(level, block) for level, blocks in self.levels for block in blocks]
        size = -(-len(places) // count)
        pages = (places[first : first + size] for first in range(0, len(places), size))
        return tuple(replace(self, levels=_by_level(page), whole=self) for page in pages) if count > 1 else (self,)

    @property
    def places(self) -> int:
        """How many places it has rows for."""
        return sum(len(blocks) for _, blocks in self.levels)

    @property
    def country(self) -> Block | None:
        """The whole country."""
        return next((blocks[0] for level, blocks in self.levels if level == "country"), None)

    @property
    def hidden_everywhere(self) -> tuple[str, ...]:
        """The names of the rows that no place shows."""
        if self.whole:
            return self.whole.hidden_everywhere
        rows = [row for _, blocks in self.levels for block in blocks for row in block.rows]
        shown = {row.label for row in rows if row.figure.value is not None}
        return tuple(dict.fromkeys(row.label for row in rows if row.label not in shown))

    @property
    def parted(self) -> tuple[Level, ...]:
        """The levels, each parted in what it shows and what it hides; rows that are hidden everywhere left out."""
        return tuple(
            _part(name, [one.without(self.hidden_everywhere) for one in blocks]) for name, blocks in self.levels
        )


def _by_level(places: Collection[tuple[str, Block]]) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    return tuple((level, tuple(block for _, block in found)) for level, found in groupby(places, lambda one: one[0]))


def _part(name: str, blocks: Collection[Block]) -> Level:
    hidden = tuple(one for one in blocks if one.is_hidden)
    return Level(name, tuple(one for one in blocks if not one.is_hidden), hidden)
