"""Answers beside the people who could have given them: a ratio and an index, each with how sure it is.

Never a coverage: nobody is counted, and one person may answer twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import floor

from app.core.i18n import N_
from app.publication.presence import intervals

FEWEST = 50
"""No ratio to a smaller target group: one answer more or less would move it too far."""


class Word(Enum):
    """What may be said of an index."""

    MORE = "more"
    FEWER = "fewer"
    CHANCE = "chance"


WORDS: Mapping[Word, str] = {
    Word.MORE: N_("more than expected"),
    Word.FEWER: N_("fewer than expected"),
    Word.CHANCE: N_("may be chance"),
}


@dataclass(frozen=True)
class Target:
    """How many people a group has somewhere, and between which numbers where that is known."""

    count: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Ratio:
    """Answers for each hundred of the target group, to one decimal."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Index:
    """The share of the answers over the share of the target group, to two decimals."""

    value: float
    low: float
    high: float

    @property
    def word(self) -> Word:
        """More or fewer only where one lies outside the interval."""
        if self.low > 1:
            return Word.MORE
        return Word.FEWER if self.high < 1 else Word.CHANCE


def ratio(answers: int | None, target: Target | None) -> Ratio | None:
    """100 r / t with the exact Poisson interval of r: its low end over the most people, its high end over the fewest.

    None where the number of answers is hidden, or the target group is unknown or below fifty.
    """
    if answers is None or target is None or target.count < FEWEST:
        return None
    low, high = intervals.poisson(answers)
    most, fewest = target.high or target.count, target.low or target.count
    value = Fraction(100 * answers) / Fraction(target.count)
    return Ratio(_rounded(value, 1), _rounded(100 * low / most, 1), _rounded(100 * high / fewest, 1))


def index(answers: int | None, of_all: int | None, target: Target | None, in_all: float) -> Index | None:
    """(r/R)/(t/T) with the exact binomial interval of r of R; None as for the ratio, or where R is hidden."""
    if answers is None or not of_all or target is None or target.count < FEWEST or answers > of_all:
        return None
    low, high = intervals.binomial(answers, of_all)
    expected = Fraction(target.count) / Fraction(in_all)
    value = Fraction(answers, of_all) / expected
    return Index(_rounded(value, 2), _rounded(low / float(expected), 2), _rounded(high / float(expected), 2))


def _rounded(value: float | Fraction, decimals: int) -> float:
    """Halves up."""
    scale: int = 10**decimals
    whole: int = floor(Fraction(value) * scale + Fraction(1, 2))
    return whole / scale
