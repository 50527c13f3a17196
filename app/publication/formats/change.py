"""What changed since the period before, for the page of a release: worked out of what is printed in both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.publication import uncertainty
from app.publication.formats.base import Document
from app.publication.formats.figures import Figure, Figures
from app.publication.uncertainty import Share

ANSWERS = "T1"
COMPARED = ("T2", "T3", "T4", "T5")
"""The tables of the first page: how it was, safe, respect, themes."""
ALWAYS = (("rating", "good"),)
"""Is said whether it changed or not, so that silence says nothing."""

Said = tuple[tuple[str, str], ...]
"""Variable and category of a figure."""


@dataclass(frozen=True)
class Change:
    """One figure of the country now and before, each with its share."""

    said: Said
    now: Figure
    before: Figure
    is_changed: bool
    """Larger than chance usually makes among all that is compared."""

    @property
    def shares(self) -> tuple[Share, Share]:
        """Both shares as they are printed."""
        assert self.now.share is not None  # noqa: S101 - only what is printed with its share is compared
        assert self.before.share is not None  # noqa: S101 - as above
        return self.now.share, self.before.share


@dataclass(frozen=True)
class Changes:
    """Everything that can be compared with the period before."""

    period: str
    answers: tuple[int, int] | None
    """How many answered now and before; None where either is hidden."""
    compared: Sequence[Change]

    @property
    def told(self) -> list[Change]:
        """What is always said, and what has changed."""
        return [one for one in self.compared if one.is_changed or one.said == ALWAYS]

    @property
    def is_any_changed(self) -> bool:
        """Whether anything changed more than chance usually makes."""
        return any(one.is_changed for one in self.compared)


def of(document: Document, before: Document | None) -> Changes | None:
    """The country's figures beside those of the release before; None where there was none.

    Fisher's test over all of them together, Benjamini-Hochberg at 10 %, as in every report of ours (`comparisons`).
    A figure that is hidden in either period is not compared: a dash may be anything.
    """
    if before is None:
        return None
    now, then = Figures(document), Figures(before)
    pairs = list(_pairs(_of_country(now), _of_country(then)))
    q = uncertainty.benjamini_hochberg([_chance(one, other) for _said, one, other in pairs])
    compared = [
        Change(said, one, other, is_changed=q[nth] <= uncertainty.CHANGED)
        for nth, (said, one, other) in enumerate(pairs)
    ]
    return Changes(before["period"], _answers(now, then), compared)


def _pairs(now: Mapping[Said, Figure], before: Mapping[Said, Figure]) -> Iterator[tuple[Said, Figure, Figure]]:
    for said, one in now.items():
        other = before.get(said)
        if other is not None and one.share is not None and other.share is not None:
            yield said, one, other


def _of_country(figures: Figures) -> dict[Said, Figure]:
    country = _country(figures)
    return {
        tuple((dimension.id, code) for dimension, code in one.split): one
        for table in COMPARED
        for one in figures.of(table, country)
    }


def _answers(now: Figures, then: Figures) -> tuple[int, int] | None:
    both = [next((one.value for one in each.of(ANSWERS, _country(each))), None) for each in (now, then)]
    return (both[0], both[1]) if both[0] is not None and both[1] is not None else None


def _country(figures: Figures) -> str:
    members = figures.dimensions["place"].members
    return next(one.code for one in members if one.parent is None and not one.of)


def _chance(now: Figure, before: Figure) -> float:
    return uncertainty.fisher(now.value or 0, now.n or 0, before.value or 0, before.n or 0)
