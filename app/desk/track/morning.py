"""Every morning at seven: what the public reads of the track says what holds today.

A proposal may be sent before the figures under it are published, and a word that it leans on may change meanwhile.
What is late by today is counted by the pages themselves, from the days that stand there.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from app.core.clock import COPENHAGEN
from app.desk.track.actions import in_public as actions
from app.desk.track.gates import in_public as phases
from app.desk.track.proposals import in_public as proposals
from app.desk.track.research import in_public as research
from app.publication import track
from app.publication.track import Entry

COPIES: tuple[Callable[[date], Iterator[Entry]], ...] = (
    phases.entries,
    research.entries,
    proposals.entries,
    actions.entries,
)
"""Each yields every public object of its kind as it is read on a day."""


def ring(now: datetime) -> None:
    """The job: show again what reads otherwise than yesterday. The caller commits."""
    today = now.astimezone(COPENHAGEN).date()
    for copies in COPIES:
        for entry in copies(today):
            if _words(track.entry(entry.code)) != _words(entry):
                track.show(entry)


def _words(entry: Entry | None) -> object:
    """What is read of an entry, without the days it was shown on."""
    return entry and (entry.state, entry.phase, entry.themes, entry.title, entry.parts, entry.links)
