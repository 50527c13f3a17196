"""What an export says of itself: who took it, when, from which codebook, and under which mark it stands in the log."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing

TITLE = "Gadens Stemme"


@dataclass(frozen=True)
class About:
    """The head of an export. Exports are in Danish whatever the reader's language: their columns never change."""

    by: str
    day: date
    period: str
    lines: tuple[Line, ...]
    """Themes and sub-codes that a statement may have, also those no longer in use."""
    types: Mapping[str, str]
    version: int
    memos: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What people noted about each code, by guid. Memos leave in the REFI-QDA project and nowhere else."""
    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    """The audit row of the export holds it, so that a file that turns up somewhere can be found there."""

    @property
    def sentence(self) -> str:
        """The head in one line."""
        return (
            f"{TITLE}: arbejdsudtræk {self.mark}, taget af {self.by} den {self.day.isoformat()}. "
            f"Periode: {self.period or 'alt'}. Kodebog: version {self.version}. "
            "Kun til analyse; må ikke gives videre eller offentliggøres."
        )

    @property
    def parents(self) -> dict[str, str | None]:
        """The theme of each sub-code."""
        return {line.key: line.parent_key for line in self.lines}

    def name(self, key: str) -> str:
        """What a code is called."""
        return next((line.name_da for line in self.lines if line.key == key), key)


def of(
    standing: Standing, version: int, memos: Mapping[str, Sequence[str]], *, by: str, day: date, period: str
) -> About:
    """The head of an export from the published codebook; merged codes count for those they went into."""
    lines = standing.in_order()
    told = tuple(line for line in lines if line.kind in CONTENT and line.state != "merged")
    types = {line.key: line.name_da for line in lines if line.kind == "type"}
    return About(by=by, day=day, period=period, lines=told, types=types, version=version, memos=memos)
