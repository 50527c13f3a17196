"""What the poster "you said, we did" says: the newest frozen release in one sentence, and what is told now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.publication import published, told
from app.publication.formats import json
from app.publication.formats.base import Deed
from app.publication.formats.figures import Figure, Figures
from app.publication.formats.page import ANSWERS, FIRST

MOST = 2
"""As many as one reads in passing."""


@dataclass(frozen=True)
class Poster:
    """Figures as they were printed in the release, and deeds as they are told; None is a figure that is hidden."""

    release: str
    period: str
    published_on: date
    answers: int | None
    places: int
    good: Figure | None
    deeds: Sequence[Deed]


def newest(around: Collection[str] = ()) -> Poster | None:
    """The poster of the newest release with what is told about these places first; None while nothing is published."""
    for release in published.published():
        stored = published.rendering(release.id, "json")
        if stored is not None:
            return _poster(release.id, json.read(stored.content), around)
    return None


def _poster(release_id: str, document: dict[str, object], around: Collection[str]) -> Poster:
    figures = Figures(document)
    place = figures.dimensions["place"]
    country = next(one.code for one in place.members if one.parent is None and not one.of)
    everybody = next(iter(figures.of(ANSWERS, country)), None)
    shown = (one for one in figures.of(FIRST, country) if one.value is not None and one.n is not None)
    return Poster(
        release=release_id,
        period=str(document["period"]),
        published_on=date.fromisoformat(str(document["published_on"])),
        answers=everybody.value if everybody else None,
        places=sum(1 for _ in place.all_leaves),
        good=next((one for one in shown if one.split[0][1] == "good"), None),
        deeds=[told.deed(item, "poster") for item in told.nearest("poster", around)[:MOST]],
    )
