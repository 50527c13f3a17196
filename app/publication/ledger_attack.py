"""What somebody who kept every release could find out: everything ever printed is attacked, year by year."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from app.core import db
from app.publication import catalogue, ledger, published, queries, tallies, tree, verification
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.periods import Period

Tell = Callable[[str, float], None]
"""Hears which catalogue is attacked, and how far it has come from 0 to 1."""


def nobody(_catalogue: str, _share: float) -> None:
    """Who is told where nobody waits."""


def faults(tell: Tell = nobody) -> Iterator[str]:
    """One line for each group that what is printed pins below k.

    A year can be attacked while its small numbers are kept: destroyed, they can give nobody away, and without them
    nobody can tell which groups are small. Reads in a transaction of its own, and holds none while it thinks.
    """
    db.db.session.rollback()
    db.begin_reading()
    names = sorted({one.catalogue for one in published.everything()})
    waiting = [_read(name) for name in names if not queries.is_destroyed(Period(int(name[:4])).months)]
    db.db.session.rollback()
    for one in waiting:
        tell(one.name, 0)
        found = verification.pinned(one.rules, one.dimensions, one.printed, one.counts, tell=partial(tell, one.name))
        yield from (f"release of {one.name}: everything printed together gives away {group}" for group in found)


@dataclass(frozen=True)
class _Year:
    """All there is to attack a year with."""

    name: str
    rules: Rules
    dimensions: Dimensions
    printed: Mapping[Cell, int]
    counts: Counts


def _read(name: str) -> _Year:
    year = int(name[:4])
    is_of_answers = name == str(year)
    asked = catalogue.of_year(year) if is_of_answers else catalogue.texts_of_year(year)
    dimensions = asked.dimensions(tree.of_year(year) if is_of_answers else tree.country())
    printed = {cell: value for cell, value in ledger.read(name, dimensions).items() if value is not None}
    return _Year(name, Rules(asked.k, asked.min_n), dimensions, printed, tallies.read(name))
