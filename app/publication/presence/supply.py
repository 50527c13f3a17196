"""Where we are at all: houses, and the stops of mobile units with their hours. Answers are never placed at a stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.publication.presence import municipalities
from app.publication.presence.municipalities import Municipality
from app.publication.presence.target_sets import TargetSet
from app.surveys.models import Site

MOBILE = "mobile_unit"
_DAY = 24 * 60


@dataclass
class Reach:
    """What of ours comes to one municipality."""

    houses: list[str] = field(default_factory=list)
    stops: int = 0
    hours: float = 0.0
    """Hours a week at stops."""

    @property
    def kind(self) -> str:
        """house, stop or nobody."""
        return "house" if self.houses else "stop" if self.stops else "nobody"


@dataclass(frozen=True)
class Supplied:
    """One municipality of a mobile unit: its centre is where the unit belongs, all else is periphery."""

    name: str
    is_centre: bool
    stops: int
    hours: float
    per_thousand: float | None
    """Hours a week for each thousand of the target group; None where the group is not known."""


@dataclass(frozen=True)
class Unit:
    """A mobile unit, the municipalities it halts in, and those of its areas where nothing of ours comes."""

    code: str
    name: str
    supplied: tuple[Supplied, ...]
    without: tuple[str, ...]


def reach(sites: Sequence[Site]) -> dict[str, Reach]:
    """What comes to each municipality, by place code; every municipality is there."""
    found = {one.place: Reach() for one in municipalities.every()}
    for site in sites:
        if site.kind != MOBILE:
            _at(found, site.municipality).houses.append(site.name)
        for stop in site.stops:
            here = _at(found, stop.municipality)
            here.stops += 1
            here.hours += sum(map(hours, stop.hours))
    return found


def units(sites: Sequence[Site], targets: TargetSet | None) -> list[Unit]:
    """The mobile units in order of name: never by what they do."""
    all_sites = reach(sites)
    mobile = sorted((site for site in sites if site.kind == MOBILE), key=lambda one: municipalities.in_order(one.name))
    return [_unit(site, all_sites, targets) for site in mobile]


def hours(when: str) -> float:
    """Hours of one halt: 'mon 10:00-13:00' is 3. What is written otherwise counts as nothing."""
    _day, _space, times = when.partition(" ")
    first, dash, last = times.strip().partition("-")
    start, end = _minutes(first), _minutes(last)
    if not dash or start is None or end is None:
        return 0.0
    return ((end - start) % _DAY) / 60


def _unit(site: Site, everywhere: dict[str, Reach], targets: TargetSet | None) -> Unit:
    own = reach([site])
    home = municipalities.named(site.municipality)
    halted = [one for one in municipalities.every() if own[one.place].stops or one == home]
    areas = {one.area for one in halted}
    around = [one for key in sorted(areas) for one in municipalities.of_area(key)]
    return Unit(
        site.code,
        site.name,
        tuple(
            Supplied(one.name, one == home, own[one.place].stops, own[one.place].hours, _per(own, one, targets))
            for one in sorted(halted, key=lambda one: (one != home, municipalities.in_order(one.name)))
        ),
        tuple(one.name for one in around if everywhere[one.place].kind == "nobody"),
    )


def _per(own: dict[str, Reach], one: Municipality, targets: TargetSet | None) -> float | None:
    target = targets.targets.get(one.place) if targets else None
    return round(1000 * own[one.place].hours / target.count, 1) if target and target.count else None


def _at(found: dict[str, Reach], name: str) -> Reach:
    """Where a place lies; one in a municipality we do not know is nowhere on the map."""
    place = municipalities.named(name)
    return found[place.place] if place else Reach()


def _minutes(clock: str) -> int | None:
    hour, _, minute = clock.strip().partition(":")
    if not (hour.isdigit() and (minute or "0").isdigit()):
        return None
    return int(hour) * 60 + int(minute or 0)
