"""How sure a share is, and whether two shares differ: Wilson, Newcombe, Fisher, Benjamini–Hochberg.

n counts voices (responses), never statements or tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, floor, lgamma, sqrt

Z = 1.959963984540054
"""The exact 97.5 % point of the normal distribution, not 1.96."""

FEWEST = 10
"""No share of fewer voices is shown."""

MOST_EXACT = 3_000
"""Answers of both periods together up to which Fisher's test counts in whole numbers."""
TIE = 1e-7
"""Logarithms nearer than this are of tables that are as likely as each other."""

CHANGED = 0.10
"""Largest q at which a difference is said to be larger than chance usually gives."""


@dataclass(frozen=True)
class Share:
    """A share as it is printed: whole per cent, with its interval."""

    percent: int
    low: int
    high: int


def wilson(count: int, n: int) -> tuple[float, float] | None:
    """Wilson's 95 per cent interval of a share; None of nobody."""
    if n == 0:
        return None
    share, z2 = count / n, Z * Z
    centre = share + z2 / (2 * n)
    spread = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (centre - spread) / (1 + z2 / n), (centre + spread) / (1 + z2 / n)
    return (0.0 if count == 0 else low, 1.0 if count == n else high)


def newcombe(count: int, n: int, count2: int, n2: int) -> tuple[float, float] | None:
    """The interval of the first share minus the second: Newcombe's method 10, no continuity correction."""
    one, two = wilson(count, n), wilson(count2, n2)
    if one is None or two is None:
        return None
    share, share2 = count / n, count2 / n2
    low = share - share2 - sqrt((share - one[0]) ** 2 + (two[1] - share2) ** 2)
    high = share - share2 + sqrt((one[1] - share) ** 2 + (share2 - two[0]) ** 2)
    return low, high


def fisher(count: int, n: int, count2: int, n2: int) -> float:
    """Fisher's exact test, two-sided: the chance of tables as likely as this one, or less.

    Exact integers; where both together are more than MOST_EXACT, by logarithms, which take a moment and not minutes.
    """
    said = count + count2
    possible = range(max(0, said - n2), min(n, said) + 1)
    if n + n2 > MOST_EXACT:
        likely = [_log_ways(n, k) + _log_ways(n2, said - k) for k in possible]
        here = likely[count - possible.start] + TIE
        return min(1.0, sum(exp(one - _log_ways(n + n2, said)) for one in likely if one <= here))
    ways = [comb(n, k) * comb(n2, said - k) for k in possible]
    exactly = comb(n, count) * comb(n2, count2)
    return float(Fraction(sum(way for way in ways if way <= exactly), sum(ways)))


def _log_ways(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """q-values of all comparisons in the same report, in the order given."""
    order = sorted(range(len(p)), key=lambda nth: p[nth], reverse=True)
    q = [1.0] * len(p)
    least = 1.0
    for passed, nth in enumerate(order):
        least = min(least, p[nth] * len(p) / (len(p) - passed))
        q[nth] = least
    return q


def halves_up(value: float | Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return floor(value + Fraction(1, 2)) if isinstance(value, Fraction) else floor(value + 0.5)


def share(count: int | None, n: int | None) -> Share | None:
    """A printed count as a share of a printed n; None where either is hidden, or n is below ten.

    Rounded last, from the exact fraction: 25 of 200 is 13 %, whatever floating point makes of .125.
    """
    if count is None or n is None or n < FEWEST:
        return None
    interval = wilson(count, n)
    if interval is None:
        return None
    low, high = (halves_up(100 * bound) for bound in interval)
    return Share(halves_up(Fraction(100 * count, n)), low, high)
