"""What waits for whom on the track, which clocks run, and how far everything is: asked of every subpackage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.desk.accounts.models import User
from app.desk.track import queries, reading, states
from app.desk.track.actions import queries as action_queries
from app.desk.track.actions import tasks as actions
from app.desk.track.clocks import PUBLIC, Clock
from app.desk.track.decisions import tasks as decisions
from app.desk.track.findings import tasks as findings
from app.desk.track.gates import gate
from app.desk.track.gates.gate import Point
from app.desk.track.peers import tasks as peers
from app.desk.track.phases import queries as phase_queries
from app.desk.track.phases import tasks as phases
from app.desk.track.phases.models import Phase
from app.desk.track.presence import tasks as presence
from app.desk.track.proposals import tasks as proposals
from app.desk.track.releases import tasks as releases
from app.desk.track.research import queries as research_queries
from app.desk.track.research import tasks as research
from app.desk.track.task import Task
from app.desk.track.telling import tasks as telling
from app.publication import told

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
    found = len(queries.findings(reading.finding_states(reader)))
    read = len(research_queries.all_in(reading.research_states(reader)))
    asked = sum(reading.may_read(reader, one) for one in queries.proposals(states.PROPOSAL))
    decided = len(queries.decisions(reading.decision_states(reader)))
    done = len(action_queries.all_in(states.ACTION))
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


def phase_line(reader: User, today: date) -> list[tuple[Phase, list[Point]]]:
    """Every phase in order; for those who work on the track the one at its gate, or before it, with every point."""
    line = phase_queries.phases()
    at = next((one for one in line if one.state in ("open", "closed") and reader.role in reading.WORKERS), None)
    return [(one, gate.stands(one, today) if one is at else []) for one in line]
