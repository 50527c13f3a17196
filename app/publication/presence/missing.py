"""Everything the pages about missing voices say of one period, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.publication.models import Release
from app.publication.presence import comparing, coverage, outreach, queries, supply, voices
from app.publication.presence.comparing import Compared
from app.publication.presence.coverage import AreaRows
from app.publication.presence.outreach import Missing
from app.publication.presence.supply import Unit
from app.publication.presence.target_sets import TargetSet
from app.publication.presence.tiles import Tile, tiles
from app.publication.presence.voices import Voices


@dataclass(frozen=True)
class MissingVoices:
    """Coverage, comparison, supply and the list of whom to ask. Only guarded figures are in it."""

    voices: Voices
    targets: TargetSet | None
    areas: Sequence[AreaRows]
    compared: Sequence[Compared]
    units: Sequence[Unit]
    suggestions: Sequence[Missing]
    tiles: Sequence[Tile]

    @property
    def widest(self) -> float:
        """What the longest bar stands for."""
        return coverage.widest(self.areas)


def of(found: Voices, targets: TargetSet | None, known: Sequence[Release], lang: str) -> MissingVoices:
    """What can be said of these figures beside this target group."""
    sites = queries.sites()
    areas = coverage.by_area(found, targets, supply.reach(sites))
    shares = comparing.compared(found, lang)
    earlier = voices.before(found, known)
    return MissingVoices(
        found,
        targets,
        areas,
        shares,
        supply.units(sites, targets),
        outreach.suggestions(areas, shares, found, earlier, lang),
        tiles(areas),
    )
