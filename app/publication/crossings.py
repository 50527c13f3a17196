"""Which splits are crossed with which, and the refusal of circles.

The unknowns of the guard say everything a set of tables says only while crossings form no circle:
then numbers that agree pairwise can always be held by real people (Atserias and Kolaitis, on the
consistency of multisets over acyclic schemas). A theme and its sub-themes count as one.
"""

from collections.abc import Iterable, Mapping, Sequence

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


def spokes(dimensions: Dimensions, signatures: Iterable[Signature]) -> list[tuple[Signature, Signature]]:
    """Every crossing with its split on the far side, the farthest first.

    Crossings form no circle, so each set of them is a tree; the split that is crossed with most others is its hub.
    """
    edges = {one: [_outermost(dimensions, name) for name in one] for one in sorted(signatures) if len(one) > 1}
    refuse_circles(edges.values())
    around: dict[Name, set[Name]] = {}
    for one, other in edges.values():
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    distance = _from_hubs(around)
    far = {one: max(range(2), key=lambda nth: distance[ends[nth]]) for one, ends in edges.items()}
    ordered = sorted(edges, key=lambda one: (-distance[edges[one][far[one]]], one))
    return [(one, (one[far[one]],)) for one in ordered]


def _from_hubs(around: Mapping[Name, set[Name]]) -> dict[Name, int]:
    """How many crossings each split is away from the hub of its tree."""
    distance: dict[Name, int] = {}
    for hub in sorted(around, key=lambda one: (-len(around[one]), one)):
        reached, steps = {hub} - set(distance), 0
        while reached:
            distance |= dict.fromkeys(reached, steps)
            reached, steps = {other for one in reached for other in around[one]} - set(distance), steps + 1
    return distance


def _with_wider(dimensions: Dimensions, name: Name) -> tuple[Name, ...]:
    dimension, flag = name
    return (name, *((dimension, outer) for outer in dimensions[dimension].above(flag))) if flag else (name,)


def _outermost(dimensions: Dimensions, name: Name) -> Name:
    return _with_wider(dimensions, name)[-1]
