"""Which splits are crossed with which, and the refusal of circles.

The unknowns of the guard say everything a set of tables says only while crossings form no circle:
then numbers that agree pairwise can always be held by real people (Atserias and Kolaitis, on the
consistency of multisets over acyclic schemas). A theme and its sub-themes count as one.
"""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.publication.dimensions import Dimensions
from app.publication.variables import Name, Signature


class CrossingsFormACircle(Refusal):
    """The guard could not promise that such tables are safe."""


def refuse_circles(crossings: Iterable[Sequence[Name]]) -> None:
    """Refuse tables that cross three splits at once, a split with itself, or splits in a ring."""
    group: dict[Name, Name] = {}

    def representative(name: Name) -> Name:
        return name if group.get(name, name) == name else representative(group[name])

    for crossing in sorted({tuple(sorted(crossing)) for crossing in crossings}):
        ends = {representative(name) for name in crossing}
        if len(crossing) != 2 or len(ends) != 2:
            raise CrossingsFormACircle(
                _("These tables cross each other in a ring, so nobody can promise that they are safe together.")
            )
        one, other = sorted(ends)
        group[one] = other


def crossed_together(dimensions: Dimensions, signatures: Iterable[Signature]) -> list[list[Signature]]:
    """The signatures of each connected set of crossings, with the wider flags around their flags."""
    known = sorted(signatures)
    crossings = [one for one in known if len(one) > 1]
    refuse_circles([_outermost(dimensions, name) for name in one] for one in crossings)
    found: list[tuple[set[Name], list[Signature]]] = []
    for crossing in crossings:
        names = {name for part in crossing for name in _with_wider(dimensions, part)}
        touching = [one for one in found if one[0] & names]
        found = [one for one in found if one not in touching]
        found.append((names.union(*(one[0] for one in touching)), []))
    return [[one for one in known if one and set(one) <= names] for names, _none in found]


def _with_wider(dimensions: Dimensions, name: Name) -> tuple[Name, ...]:
    dimension, flag = name
    return (name, *((dimension, outer) for outer in dimensions[dimension].above(flag))) if flag else (name,)


def _outermost(dimensions: Dimensions, name: Name) -> Name:
    return _with_wider(dimensions, name)[-1]
