"""Our shares of languages, ages and sexes beside those of the target group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.publication.presence import queries
from app.publication.presence.models import TargetShare
from app.publication.presence.target_groups import COMPARED
from app.publication.presence.voices import Voices
from app.publication.uncertainty import Share


@dataclass(frozen=True)
class Compared:
    """One category: our share with its interval, and theirs with its range. Ours is None where it is hidden."""

    variable: str
    category: str
    name: str
    ours: Share | None
    theirs: float
    low: float
    high: float
    year: int
    source: str

    @property
    def is_fewer(self) -> bool:
        """Whether fewer of our answers are: said only when the intervals do not meet."""
        return self.ours is not None and self.ours.high < self.low

    @property
    def is_more(self) -> bool:
        """Whether more of our answers are."""
        return self.ours is not None and self.ours.low > self.high


def compared(voices: Voices, lang: str) -> list[Compared]:
    """Every share somebody gave us, where our own table is in these figures, in the order of the catalogue."""
    newest: dict[tuple[str, str], TargetShare] = {}
    for one in queries.shares():
        newest.setdefault((one.variable, one.category), one)
    return [found for variable in COMPARED for found in _of(variable, voices, newest, lang)]


def _of(variable: str, voices: Voices, given: dict[tuple[str, str], TargetShare], lang: str) -> Iterator[Compared]:
    names = voices.names(lang)
    for figure in voices.of(COMPARED[variable]):
        category = figure.split[0][1]
        one = given.get((variable, category))
        if one is not None:
            low, high = (one.share if end is None else end for end in (one.low, one.high))
            name = names.category(variable, category)
            yield Compared(variable, category, name, figure.share, one.share, low, high, one.year, one.source)


def fewer(found: Sequence[Compared]) -> list[Compared]:
    """Those who are missing."""
    return [one for one in found if one.is_fewer]
