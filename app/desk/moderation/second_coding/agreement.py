"""How far two coders agree: Cohen's kappa for one code, Krippendorff's alpha with MASI for whole sets. Pure formulas.

Alpha is in exact coincidence form, with the same result as NLTK's `AnnotationTask(rows, masi_distance).alpha()`
(a test holds the two together). NLTK itself took 1.1 s for 2,000 texts and 68 codes, and its import brings
scikit-learn into the process of the pages where that is installed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isclose

FEWEST = 10
"""So many texts must carry a code, from either coder, before its kappa is shown."""
WEAK = 0.60
"""Under this a shown code wants a tighter definition."""
NOTHING = "INTET"
"""Stands for a text that was read and given no theme: two empty sets have no distance."""

Codes = frozenset[str]
Pair = tuple[Codes, Codes]
"""What the first and the second coder gave to the same text."""


@dataclass(frozen=True)
class Table:
    """The four ways two coders can use one code on the same texts."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def n(self) -> int:
        """How many texts both have coded."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def used_by_either(self) -> int:
        """How many texts carry the code from at least one of the two."""
        return self.both + self.only_first + self.only_second

    @property
    def raw(self) -> float | None:
        """The share on which they agree; None of no texts."""
        return (self.both + self.neither) / self.n if self.n else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, (po - pe) / (1 - pe); None where chance agreement is 1.

        pe is the sum over yes and no of the product of the two coders' margins. Worked out in whole numbers,
        so that a chance of exactly 1 is seen as such.
        """
        first, second = self.both + self.only_first, self.both + self.only_second
        by_chance = first * second + (self.n - first) * (self.n - second)
        room = self.n**2 - by_chance
        return ((self.both + self.neither) * self.n - by_chance) / room if room else None

    @property
    def is_shown(self) -> bool:
        """Whether there is enough to say something."""
        return self.used_by_either >= FEWEST and self.kappa is not None

    @property
    def wants_tightening(self) -> bool:
        """Whether the two read the definition differently."""
        return self.is_shown and self.kappa is not None and self.kappa < WEAK


def table(pairs: Iterable[Pair], code: str) -> Table:
    """How the two used one code."""
    used = Counter((code in first, code in second) for first, second in pairs)
    return Table(used[True, True], used[True, False], used[False, True], used[False, False])


def per_code(pairs: Collection[Pair], codes: Iterable[str]) -> dict[str, Table]:
    """The table of each code; one pass over the texts, whatever the number of codes."""
    both, first, second = (Counter[str]() for _ in range(3))
    for one, other in pairs:
        both.update(one & other)
        first.update(one - other)
        second.update(other - one)
    n = len(pairs)
    return {
        code: Table(both[code], first[code], second[code], n - both[code] - first[code] - second[code])
        for code in codes
    }


def masi(one: Codes, other: Codes) -> float:
    """How far two sets are apart: 1 - |A∩B| / |A∪B| · m; m is 1 if equal, 2/3 if one holds the other, else 1/3."""
    shared = len(one & other)
    if not shared:
        return float(bool(one or other))
    if one == other:
        return 0.0
    weight = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - shared / len(one | other) * weight


def alpha(codings: Iterable[tuple[Hashable, Codes]]) -> float | None:
    """Krippendorff's alpha over (text, codes), one for each coder of a text; None where all say the same everywhere.

    1 - observed / expected disagreement. A text with fewer than two codings is left out; coders may be three,
    with gaps (Krippendorff, Content Analysis, 4th ed., ch. 12).
    """
    texts: dict[Hashable, list[Codes]] = defaultdict(list)
    for text, codes in codings:
        texts[text].append(codes or frozenset({NOTHING}))
    paired = [sets for sets in texts.values() if len(sets) > 1]
    values = Counter(codes for sets in paired for codes in sets)
    n = values.total()
    expected = _apart(values)
    if not expected:
        return None
    observed = sum(sum(masi(*two) for two in combinations(sets, 2)) / (len(sets) - 1) for sets in paired)
    found = 1 - observed * (n - 1) / expected
    return 0.0 if isclose(found, 0, abs_tol=1e-12) else found


def only(pair: Pair) -> tuple[list[str], list[str]]:
    """What only the first and what only the second said."""
    first, second = pair
    return sorted(first - second), sorted(second - first)


def themes(codes: Iterable[str], theme_of: Mapping[str, str]) -> Codes:
    """A sub-code says its theme; a code without a theme says itself."""
    return frozenset(theme_of.get(code, code) for code in codes)


def _apart(values: Mapping[Codes, int]) -> float:
    """The distances of all pairs of values in the data, each pair once.

    Sets that share nothing are 1 apart, and most share nothing: only those that meet in a code are looked at.
    """
    numbered: Sequence[tuple[Codes, int]] = list(values.items())
    n = sum(values.values())
    apart = (n * n - sum(count * count for _codes, count in numbered)) / 2
    holders: dict[str, list[int]] = defaultdict(list)
    for nth, (codes, count) in enumerate(numbered):
        for other in {earlier for code in codes for earlier in holders[code]}:
            apart -= (1 - masi(codes, numbered[other][0])) * count * numbered[other][1]
        for code in codes:
            holders[code].append(nth)
    return apart
