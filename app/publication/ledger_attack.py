"""What somebody who kept every release could find out: everything ever printed is attacked, year by year."""

from collections.abc import Callable, Iterator

from app.publication import catalogue, ledger, published, queries, tallies, tree, verification
from app.publication.case import Rules
from app.publication.periods import Period

Tell = Callable[[str, float], None]
"""Hears which catalogue is attacked, and how far it has come from 0 to 1."""


def nobody(_catalogue: str, _share: float) -> None:
    """Who is told where nobody waits."""


def faults(tell: Tell = nobody) -> Iterator[str]:
    """One line for each group that what is printed pins below k.

    A year can be attacked while its small numbers are kept: destroyed, they can give nobody away, and without them
    nobody can tell which groups are small.
    """
    for name in sorted({one.catalogue for one in published.everything()}):
        if not queries.is_destroyed(Period(int(name[:4])).months):
            yield from _of_year(name, tell)


def _of_year(name: str, tell: Tell) -> Iterator[str]:
    tell(name, 0)
    year = int(name[:4])
    is_of_answers = name == str(year)
    asked = catalogue.of_year(year) if is_of_answers else catalogue.texts_of_year(year)
    dimensions = asked.dimensions(tree.of_year(year) if is_of_answers else tree.country())
    printed = {cell: value for cell, value in ledger.read(name, dimensions).items() if value is not None}
    found = verification.pinned(
        Rules(asked.k, asked.min_n), dimensions, printed, tallies.read(name), tell=lambda share: tell(name, share)
    )
    yield from (f"release of {name}: everything printed together gives away {group}" for group in found)
