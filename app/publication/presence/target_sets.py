"""Which target group answers are held up against: one group, one age band, one year, one source at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.publication.presence import municipalities, queries
from app.publication.presence.ratios import Target


@dataclass(frozen=True)
class TargetSet:
    """The counts of one group from one source, by place code of the municipality."""

    name: str
    age_band: str
    year: int
    source: str
    targets: Mapping[str, Target]

    @property
    def key(self) -> str:
        """How a page asks for it."""
        return "|".join((self.name, self.age_band, str(self.year), self.source))

    @property
    def in_all(self) -> float | None:
        """How many there are in the country; None while a municipality is missing: a part is not the whole."""
        is_whole = len(self.targets) == len(municipalities.every())
        return sum(one.count for one in self.targets.values()) if is_whole else None

    def of(self, places: Sequence[str]) -> Target | None:
        """How many there are in several municipalities together; None where one of them is not known."""
        found = [self.targets[place] for place in places if place in self.targets]
        if not found or len(found) < len(places):
            return None
        low, high = (sum(getattr(one, end) or one.count for one in found) for end in ("low", "high"))
        return Target(sum(one.count for one in found), low, high)


def known() -> list[str]:
    """Every set there is, the one that is used first: the newest year, then the most places, then the last file."""
    order = sorted(queries.group_sets(), key=lambda one: (one[2], one[4], one[5]), reverse=True)
    return ["|".join((name, band, str(year), source)) for name, band, year, source, _places, _file in order]


def get(key: str) -> TargetSet | None:
    """One set by its key."""
    return _read(key) if key in known() else None


def chosen(keys: Sequence[str], wanted: str) -> TargetSet | None:
    """The set somebody asked for, if it is one of these, else the first of them."""
    return _read(wanted if wanted in keys else keys[0]) if keys else None


def usual() -> TargetSet | None:
    """The set that is used where nobody chose one."""
    return chosen(known(), "")


def _read(key: str) -> TargetSet:
    name, age_band, year, source = key.split("|", 3)
    places = {one.code: one.place for one in municipalities.every()}
    rows = queries.groups_in(name, age_band, int(year), source)
    targets = {places[one.municipality]: Target(one.count, one.low, one.high) for one in rows}
    return TargetSet(name, age_band, int(year), source, targets)
