"""What a table splits people by, as the attacker sees it: categories that exclude each other.

A tree splits into its leaves. Each flag is a split of its own, into those who have it and those
who do not; a flag inside another also knows the rest of the outer one, so that a sub-theme that is
almost as large as its theme does not give the rest away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.publication.dimensions import Cell, Dimension, Dimensions

Name = tuple[str, str]
"""A dimension, and the flag of it ('' for a tree)."""

Signature = tuple[Name, ...]
"""The variables a cell is split by, in order; () is everybody."""


@dataclass(frozen=True)
class Variable:
    """One split. Categories are numbers; members name sets of them."""

    name: Name
    terms: tuple[tuple[tuple[int, str | None], ...], ...]
    """Per category, the members whose counts add up to it (+1) or are taken off (-1); None is everybody."""
    members: Mapping[str, frozenset[int]]
    silent: frozenset[int]
    """Categories outside the ground: these people said nothing, and are no group to protect."""
    wider: Name | None = None
    onto: tuple[int, ...] = ()
    """Category `i` lies inside category `onto[i]` of the wider variable."""

    @property
    def size(self) -> int:
        """How many categories there are."""
        return len(self.terms)

    @property
    def all(self) -> frozenset[int]:
        """Every category."""
        return frozenset(range(self.size))


def of_tree(dimension: Dimension) -> Variable:
    """The leaves of a tree side by side."""
    leaves = dimension.all_leaves
    number = {leaf: nth for nth, leaf in enumerate(leaves)}
    members = {code: frozenset(number[leaf] for leaf in dimension.leaves(code)) for code in dimension.by_code}
    grounds = [members[member.code] for member in dimension.members if member.ground]
    silent = frozenset(number.values()).difference(*grounds) if grounds else frozenset()
    return Variable((dimension.id, ""), tuple(((1, leaf),) for leaf in leaves), members, silent)


def of_flag(dimension: Dimension, flag: str) -> Variable:
    """Those with the flag, the rest of each flag around it, and everybody else."""
    chain = (flag, *dimension.above(flag))
    outward = (*chain, None)
    terms = (((1, flag),), *(((1, code), (-1, inner)) for inner, code in zip(chain, outward[1:], strict=True)))
    members = {code: frozenset(range(nth + 1)) for nth, code in enumerate(chain)}
    grounds = [nth for nth, code in enumerate(chain) if dimension.by_code[code].ground]
    silent = frozenset(range(grounds[-1] + 1, len(terms))) if grounds else frozenset()
    if len(chain) == 1:
        return Variable((dimension.id, flag), terms, members, silent)
    onto = tuple(max(nth - 1, 0) for nth in range(len(terms)))
    return Variable((dimension.id, flag), terms, members, silent, (dimension.id, chain[1]), onto)


def variable(dimensions: Dimensions, name: Name) -> Variable:
    """The variable of this name."""
    dimension, flag = name
    return of_flag(dimensions[dimension], flag) if flag else of_tree(dimensions[dimension])


def signature(dimensions: Dimensions, cell: Cell) -> Signature:
    """The variables a cell is split by."""
    return tuple((one.id, code if one.kind == "flags" else "") for one, code in dimensions.split_by(cell))
