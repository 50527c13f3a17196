"""Answers by municipality and area beside those who live there: rows in the order of the map, never by size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.publication.presence import municipalities, ratios
from app.publication.presence.municipalities import Municipality
from app.publication.presence.ratios import Index, Ratio, Target
from app.publication.presence.supply import Reach
from app.publication.presence.target_sets import TargetSet
from app.publication.presence.voices import Voices


@dataclass(frozen=True)
class Row:
    """One place. Where the number of answers is hidden, nothing that is worked out from it is here either."""

    name: str
    place: str
    reach: str
    """house, stop or nobody."""
    is_counted: bool
    """Whether our tables have a row for it: answers to a mobile unit belong to the unit."""
    answers: int | None
    target: Target | None
    ratio: Ratio | None
    index: Index | None


@dataclass(frozen=True)
class AreaRows:
    """A health-council area with its municipalities."""

    whole: Row
    municipalities: tuple[Row, ...]

    @property
    def is_reached(self) -> bool:
        """Whether anything of ours comes there."""
        return any(one.reach != "nobody" for one in self.municipalities)


def by_area(voices: Voices, targets: TargetSet | None, reach: Mapping[str, Reach]) -> list[AreaRows]:
    """Every area and every municipality."""
    found = []
    for area in municipalities.areas():
        inside = municipalities.of_area(area.key)
        rows = tuple(_municipality(one, voices, targets, reach) for one in inside)
        target = targets.of([one.place for one in inside]) if targets else None
        kinds = {one.reach for one in rows}
        nearest = next(kind for kind in ("house", "stop", "nobody") if kind in kinds)
        found.append(AreaRows(_row(area.name, area.place, nearest, voices, targets, target), rows))
    return found


def widest(areas: Sequence[AreaRows]) -> float:
    """The largest ratio shown, which the longest bar stands for."""
    shown = [row.ratio.value for area in areas for row in area.municipalities if row.ratio]
    return max(shown, default=0.0)


def _municipality(one: Municipality, voices: Voices, targets: TargetSet | None, reach: Mapping[str, Reach]) -> Row:
    target = targets.targets.get(one.place) if targets else None
    return _row(one.name, one.place, reach[one.place].kind, voices, targets, target)


def _row(name: str, place: str, reach: str, voices: Voices, targets: TargetSet | None, target: Target | None) -> Row:
    answers, in_all = voices.answers(place), targets.in_all if targets else None
    return Row(
        name,
        place,
        reach,
        voices.counts("T1", place),
        answers,
        target,
        ratios.ratio(answers, target),
        ratios.index(answers, voices.answers(), target, in_all) if in_all else None,
    )
