"""What waits for whom on the track, which clocks run, and how far everything is: asked of every subpackage."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.track import queries, reading
from app.desk.track.actions import tasks as actions
from app.desk.track.clocks import PUBLIC, Clock
from app.desk.track.decisions import tasks as decisions
from app.desk.track.findings import tasks as findings
from app.desk.track.gates import gate
from app.desk.track.peers import tasks as peers
from app.desk.track.phases import queries as phase_queries
from app.desk.track.phases import tasks as phases
from app.desk.track.phases.models import Phase
from app.desk.track.presence import tasks as presence
from app.desk.track.proposals import tasks as proposals
from app.desk.track.releases import tasks as releases
from app.desk.track.research import tasks as research
from app.desk.track.task import Task
from app.desk.track.telling import tasks as telling
from app.publication import told, track

SOURCES: tuple[Callable[[User, date], Iterator[Task]], ...] = (
    findings.tasks,
    peers.tasks,
    phases.tasks,
    decisions.tasks,
    proposals.tasks,
    actions.tasks,
    research.tasks,
    releases.tasks,
    telling.tasks,
    presence.tasks,
)
"""Each says what waits for a reader on a day; the page keeps this order."""
CLOCKS: tuple[Callable[[date], Iterator[Clock]], ...] = (
    phases.clocks,
    peers.running,
    proposals.clocks,
    actions.clocks,
    telling.clocks,
    releases.clocks,
)
"""Each yields the clocks that run, whether they are late or not; asked by the board and by the daily job."""


@dataclass(frozen=True)
class Point:
    """One point of a gate: met, or not, because of what is missing or what a role has written."""

    name: str
    is_met: bool
    because: str
    by: str

    @property
    def is_in_order(self) -> bool:
        """Whether the phase may go on for all this point knows."""
        return self.is_met or bool(self.by)


@dataclass(frozen=True)
class Step:
    """One step of the chain, and how many are where."""

    name: str
    sentence: str
    address: str


def tasks(reader: User, today: date) -> list[Task]:
    """What this person can do now."""
    return [task for source in SOURCES for task in source(reader, today)]


def clocks(reader: User, today: date) -> list[Clock]:
    """Every clock that runs and that the reader may know of, what was due first above."""
    running = (clock for source in CLOCKS for clock in source(today))
    known = [one for one in running if one.kind in PUBLIC or reader.role in reading.WORKERS]
    return sorted(known, key=lambda one: (one.due_on, one.code))


def steps(reader: User) -> list[Step]:
    """The chain, counted in what the reader may see."""
    found, read, asked, decided, done = queries.how_many(
        reading.finding_states(reader),
        reading.research_states(reader),
        reading.proposal_states(reader),
        reading.decision_states(reader),
    )
    counted: tuple[tuple[str, str, str], ...] = (
        (_("Findings"), ngettext("%(num)s finding", "%(num)s findings", found), "track.findings.index"),
        (_("Research"), ngettext("%(num)s input", "%(num)s inputs", read), "track.research.index"),
        (_("Proposals"), ngettext("%(num)s proposal", "%(num)s proposals", asked), "track.proposals.index"),
        (_("Decisions"), ngettext("%(num)s decision", "%(num)s decisions", decided), "track.decisions.index"),
        (_("Actions"), ngettext("%(num)s action", "%(num)s actions", done), "track.actions.index"),
    )
    if reader.role in telling.TELLERS:
        told_now = len(told.live())
        back = ngettext("%(num)s answer is told", "%(num)s answers are told", told_now)
        counted = (*counted, (_("Told back"), back, "track.telling.index"))
    return [Step(name, sentence, url_for(endpoint)) for name, sentence, endpoint in counted]


def phase_line(lang: str) -> list[tuple[Phase, list[Point]]]:
    """Every phase in order, with the points of its gate as everybody can read them."""
    gates = {entry.code: entry.parts.get("gate", ()) for entry in track.entries("phase")}
    return [(one, [_point(stood, lang) for stood in gates.get(one.key, ())]) for one in phase_queries.phases()]


def _point(stood: Mapping[str, Any], lang: str) -> Point:
    name = i18n.translate(lang, gate.NAMES[stood["number"]])
    return Point(name, is_met=stood["is_met"], because=stood["because"], by=stood["by_role"])
