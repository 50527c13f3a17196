"""What a single record may tell of where and when something was said (docs/moderation.md, "Taking data out").

The guard proves tables; a record needs a plainer rule, which takes no solver. Kind of place, region and quarter stand
only where five people or more answered; what is told of fewer is told of a larger group instead, and what even the
whole quarter cannot hide is left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.core import weeks
from app.publication import periods
from app.publication.case import Rules

FEWEST_OF_A_SITE = 50
"""Responses of a half-year before a site is named; and of those left unnamed beside it."""
FEWEST = Rules.k


class Spot(NamedTuple):
    """The kind and the region of a site; '' where neither is told."""

    kind: str
    region: str

    def without_region(self) -> "Spot":
        """The same kind in the whole country."""
        return Spot(self.kind, "")


@dataclass(frozen=True)
class Where:
    """What is told of one record. '' says that it is not told."""

    quarter: str
    kind: str
    region: str
    site: str
    channel: str


NOWHERE = Spot("", "")
_Place = tuple[str, Spot]
"""A quarter, and where in it."""


class Records:
    """The rule for all records of some weeks, from how many responses there were."""

    def __init__(
        self, counts: Iterable[tuple[str, str | None, str, int]], sites: Mapping[str, tuple[str, Mapping[int, str]]]
    ) -> None:
        """`counts`: week, site, channel and how many responses. `sites`: kind, and the region of each year."""
        self._sites = sites
        known = [(week, site, channel or "", n) for week, site, channel, n in counts]
        people: Counter[_Place] = Counter()
        of_sites: Counter[tuple[str, str]] = Counter()
        for week, site, _channel, n in known:
            people[quarter_of(week), self._spot(week, site)] += n
            of_sites[half_of(week), site or ""] += n
        self._told = _merged(people)
        self._named = self._nameable(of_sites)
        self._people: Counter[_Place] = Counter()
        self._by_channel: Counter[tuple[_Place, str]] = Counter()
        for week, site, channel, n in known:
            place = self._place(week, site)
            self._people[place] += n
            self._by_channel[place, channel] += n

    def of(self, week: str, site: str | None, channel: str | None) -> Where | None:
        """What may be told of a record; None where it is left out."""
        place = quarter, spot = self._place(week, site)
        if self._people[place] < FEWEST:
            return None
        is_named = bool(spot.region) and (half_of(week), site) in self._named
        is_common = self._by_channel[place, channel or ""] >= FEWEST
        return Where(quarter, *spot, (site or "") if is_named else "", (channel or "") if is_common else "")

    def _spot(self, week: str, site: str | None) -> Spot:
        if not site or site not in self._sites:
            return NOWHERE
        kind, regions = self._sites[site]
        return Spot(kind, regions[weeks.thursday(week).year])

    def _place(self, week: str, site: str | None) -> _Place:
        quarter = quarter_of(week)
        return quarter, self._told.get((quarter, self._spot(week, site)), NOWHERE)

    def _nameable(self, per_site: Mapping[tuple[str, str], int]) -> frozenset[tuple[str, str]]:
        """Sites of at least fifty, unless those unnamed beside them would be fewer: then the smallest stays unnamed."""
        groups: dict[tuple[str, Spot], list[tuple[int, str]]] = {}
        for (half, site), n in per_site.items():
            kind, regions = self._sites.get(site, ("", {}))
            spot = Spot(kind, regions.get(int(half[:4]), ""))
            groups.setdefault((half, spot), []).append((n, site))
        named = set()
        for (half, _spot), found in groups.items():
            large = sorted(one for one in found if one[0] >= FEWEST_OF_A_SITE)
            rest = sum(n for n, _site in found if n < FEWEST_OF_A_SITE)
            while large and 0 < rest < FEWEST_OF_A_SITE:
                rest += large.pop(0)[0]
            named |= {(half, site) for _n, site in large}
        return frozenset(named)


def _merged(people: Mapping[_Place, int]) -> dict[_Place, Spot]:
    """Kind and region; where those are too few the kind in the whole country; still too few: neither."""
    told = {place: place[1] for place in people}
    for coarser in (Spot.without_region, lambda _spot: NOWHERE):
        size: Counter[_Place] = Counter()
        for place, n in people.items():
            size[place[0], told[place]] += n
        told |= {place: coarser(spot) for place, spot in told.items() if size[place[0], spot] < FEWEST}
    return told


def quarter_of(week: str) -> str:
    """'2026-Q4'."""
    quarter = periods.of_month(weeks.month_of_week(week)).parent
    return quarter.code if quarter else ""


def half_of(week: str) -> str:
    """'2026-H2'."""
    quarter = periods.parse(quarter_of(week))
    return quarter.parent.code if quarter.parent else ""
