"""What waits for whom on the track, which clocks run, and how far everything is: asked of every subpackage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.desk.accounts.models import User
from app.desk.track import queries, reading
from app.desk.track.clocks import Clock
from app.desk.track.decisions import tasks as decisions
from app.desk.track.findings import tasks as findings
from app.desk.track.proposals import tasks as proposals
from app.desk.track.releases import tasks as releases
from app.desk.track.task import Task

SOURCES: tuple[Callable[[User, date], Iterator[Task]], ...] = (
    findings.tasks,
    decisions.tasks,
    proposals.tasks,
    releases.tasks,
)
"""Each says what waits for a reader on a day; the page keeps this order."""
CLOCKS: tuple[Callable[[date], Iterator[Clock]], ...] = (proposals.clocks,)
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


def clocks(today: date) -> list[Clock]:
    """Every clock that runs, what was due first above."""
    return sorted((clock for source in CLOCKS for clock in source(today)), key=lambda one: (one.due_on, one.code))


def steps(reader: User) -> list[Step]:
    """The chain, counted in what the reader may see."""
    found = len(queries.findings(reading.finding_states(reader)))
    asked = len(queries.proposals(reading.proposal_states(reader)))
    decided = len(queries.decisions(reading.decision_states(reader)))
    counted = (
        (_("Findings"), ngettext("%(num)s finding", "%(num)s findings", found), "track.findings.index"),
        (_("Proposals"), ngettext("%(num)s proposal", "%(num)s proposals", asked), "track.proposals.index"),
        (_("Decisions"), ngettext("%(num)s decision", "%(num)s decisions", decided), "track.decisions.index"),
    )
    return [Step(name, sentence, url_for(endpoint)) for name, sentence, endpoint in counted]
