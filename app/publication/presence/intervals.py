"""Exact 95 per cent intervals of a count and of a share: Poisson (Garwood) and binomial (Clopper and Pearson).

Each bound is where the tail beyond what was seen is 2.5 %. The tails are sums whose terms only grow smaller, and the
bounds are found by halving: the pages that show them may not know scipy (docs/architecture.md).
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count as counting
from math import exp, lgamma, log, sqrt

TAIL = 0.025
_HALVINGS = 60
_NOTHING = 1e-16
"""A term this much smaller than the first one changes no digit."""


@lru_cache(maxsize=2048)
def poisson(count: int) -> tuple[float, float]:
    """The interval of the mean of a count."""
    reach = 6 * sqrt(count + 1) + 6
    low = 0.0 if count == 0 else _where(lambda mean: _at_least(count, mean) - TAIL, 0.0, float(count))
    high = _where(lambda mean: TAIL - _at_most(count, mean), float(count), count + reach)
    return low, high


@lru_cache(maxsize=2048)
def binomial(count: int, n: int) -> tuple[float, float]:
    """The interval of the share `count` of `n`."""
    return _lowest_share(count, n), 1 - _lowest_share(n - count, n)


def _lowest_share(count: int, n: int) -> float:
    """The lower bound; the upper one is what the lower bound of everybody else leaves."""
    if count == 0:
        return 0.0
    return _where(lambda share: _drawn(count, n, share) - TAIL, 0.0, count / n)


def _at_least(count: int, mean: float) -> float:
    """The chance of `count` or more, for a mean below it."""
    return _sum(_poisson_term(count, mean), (mean / (count + step) for step in counting(1)))


def _at_most(count: int, mean: float) -> float:
    """The chance of `count` or fewer, for a mean above it."""
    return _sum(_poisson_term(count, mean), ((count - step) / mean for step in range(count)))


def _drawn(count: int, n: int, share: float) -> float:
    """The chance of `count` or more of `n`, for a share below count / n."""
    if share <= 0:
        return 0.0
    ways = lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1)
    first = exp(ways + count * log(share) + (n - count) * log(1 - share))
    odds = share / (1 - share)
    return _sum(first, (odds * (n - count - step) / (count + step + 1) for step in range(n - count)))


def _poisson_term(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1)) if mean > 0 else 0.0


def _sum(first: float, factors: Iterator[float]) -> float:
    total = term = first
    for factor in factors:
        term *= factor
        total += term
        if term <= total * _NOTHING:
            break
    return total


def _where(beyond: Callable[[float], float], low: float, high: float) -> float:
    """Where a growing function crosses nought."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if beyond(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2
