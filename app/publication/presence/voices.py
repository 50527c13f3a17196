"""The guarded figures of one period: what the public reads, or would read. Nothing here knows what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.publication import published
from app.publication.formats import json, wording
from app.publication.formats.figures import Figure, Figures
from app.publication.formats.wording import Names
from app.publication.models import Release
from app.publication.periods import Period, parse

ANSWERS = "T1"
COUNTRY = "DK"
LONGER = ("half", "year")
"""The periods that language, age and sex are counted for."""


@dataclass(frozen=True)
class Voices:
    """The figures of a release, or of a preview of one."""

    figures: Figures

    @property
    def period(self) -> Period:
        """What they are about."""
        return parse(self.figures.document["period"])

    def title(self, lang: str) -> str:
        """The period as people say it."""
        return wording.period(self.period.code, lang)

    def names(self, lang: str) -> Names:
        """What places and answers are called."""
        return Names(self.figures.document, lang)

    def answers(self, place: str = COUNTRY) -> int | None:
        """How many answered there; None where that is hidden or never counted."""
        found = self.of(ANSWERS, place)
        return found[0].value if found else None

    def counts(self, table: str, place: str) -> bool:
        """Whether the table has a row for the place at all, shown or hidden."""
        return (table, place) in self._by_place

    def of(self, table: str, place: str = COUNTRY) -> Sequence[Figure]:
        """The figures of a table at one place, in the order of the catalogue."""
        return self._by_place.get((table, place), ())

    def places(self, table: str) -> list[str]:
        """The places of a table, in order."""
        return [place for code, place in self._by_place if code == table]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], list[Figure]]:
        found: dict[tuple[str, str], list[Figure]] = {}
        for one in self.figures.all:
            found.setdefault((one.table, one.place), []).append(one)
        return found


def of_release(release: Release) -> Voices:
    """The figures of a published release."""
    stored = published.rendering(release.id, "json")
    assert stored is not None  # noqa: S101 - a release is published together with its JSON
    return read(stored.content)


@lru_cache(maxsize=6)
def read(document: bytes) -> Voices:
    """The figures of a document; read once a process, because its bytes never change."""
    return Voices(Figures(json.read(document)))


def releases(*kinds: str) -> list[Release]:
    """The published releases of these kinds of period, the latest period first."""
    found = [one for one in published.published() if parse(one.period).kind in kinds]
    return sorted(found, key=lambda one: (parse(one.period).months[-1], len(parse(one.period).months)), reverse=True)


def before(voices: Voices, known: Sequence[Release]) -> Voices | None:
    """The period of the same length before this one, where it is published."""
    wanted = voices.period.before.code
    return next((of_release(one) for one in known if one.period == wanted), None)
