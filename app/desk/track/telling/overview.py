"""What is told, what is written and what people still wait for, one line for each decision and action."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.desk.track import cell_references
from app.desk.track.clocks import TOLD_BACK, Clock
from app.desk.track.telling import abouts, queries
from app.desk.track.telling.abouts import About
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
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in queries.in_states(("drafted", "live")):
        states[one.about].append((one.state, f"{one.channel}.{one.lang}"))
        if one.about not in listed and (about := abouts.of(one.about)):
            listed[about.code] = about
    found = [_row(about, states[about.code]) for about in listed.values()]
    return sorted(found, key=lambda row: (row.clock is None, row.clock.due_on if row.clock else date.max, row.code))


def clock(about: About) -> Clock | None:
    """The clock of 14 days; None where nobody may know yet, and where it is told in Danish on the web."""
    if about.since is None:
        return None
    told_on = queries.told_on(about.code, about.since)
    if told_on is not None:
        return None
    title = cell_references.shown(about.title)
    return Clock("told_back", about.code, title, about.since + TOLD_BACK, about.since, about.decided_by)


def _row(about: About, written: list[tuple[str, str]]) -> Row:
    live = {place for state, place in written if state == "live"}
    return Row(
        code=about.code,
        title=cell_references.shown(about.title),
        channels=tuple(channel for channel in TOLD_ON if f"{channel}.da" in live),
        waiting=sum(state == "drafted" for state, _place in written),
        clock=clock(about),
    )
