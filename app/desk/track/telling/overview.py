"""What is told, what is written and what people still wait for, one line for each decision and action."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.desk.track import cell_references
from app.desk.track.clocks import TOLD_BACK, Clock
from app.desk.track.telling import abouts, queries
from app.desk.track.telling.abouts import About
from app.desk.track.telling.models import Telling
from app.publication.models import TOLD_ON


@dataclass(frozen=True)
class Row:
    """One decision or action: on which channels it is told in Danish, what waits, and its clock."""

    code: str
    title: str
    channels: tuple[str, ...]
    waiting: int
    """Drafts that nobody has approved."""
    clock: Clock | None


def rows() -> list[Row]:
    """Everything people wait to be told, and everything somebody has written about; what is late first."""
    listed = {about.code: about for about in abouts.to_tell()}
    written: dict[str, list[Telling]] = defaultdict(list)
    for one in queries.in_states(("drafted", "live")):
        written[one.about].append(one)
        if one.about not in listed and (about := abouts.of(one.about)):
            listed[about.code] = about
    running = {clock.code: clock for clock in clocks()}
    found = [_row(about, written[about.code], running.get(about.code)) for about in listed.values()]
    return sorted(found, key=lambda row: (row.clock.due_on if row.clock else date.max, row.code))


def clocks() -> Iterator[Clock]:
    """The clocks of everything that everybody may know and nobody is told of in Danish on the web."""
    for about in abouts.untold():
        if about.since is not None:
            title = cell_references.shown(about.title)
            yield Clock("told_back", about.code, title, about.since + TOLD_BACK, about.since, about.decided_by)


def clock(code: str) -> Clock | None:
    """The clock of one of them; None where it does not run."""
    return next((one for one in clocks() if one.code == code), None)


def _row(about: About, written: Iterable[Telling], running: Clock | None) -> Row:
    live = {one.channel for one in written if one.state == "live" and one.lang == "da"}
    return Row(
        code=about.code,
        title=cell_references.shown(about.title),
        channels=tuple(channel for channel in TOLD_ON if channel in live),
        waiting=sum(one.state == "drafted" for one in written),
        clock=running,
    )
