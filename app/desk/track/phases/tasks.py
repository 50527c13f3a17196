"""What waits for somebody among the phases, and the clocks of decision and result."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.track import links
from app.desk.track.clocks import Clock
from app.desk.track.phases import phases, queries
from app.desk.track.phases.models import DATES, Phase
from app.desk.track.task import Task


def tasks(reader: User, today: date) -> Iterator[Task]:
    """The next step of each phase, on the day it can be taken."""
    if reader.role != "council":
        return
    for phase in queries.phases():
        if sentence := _next_step(phase, today):
            yield Task(sentence, phases.name(phase, i18n.current()), links.to(phase.key))


def clocks(_today: date) -> Iterator[Clock]:
    """The days that were promised for the decision and for the result of a phase that has opened."""
    for phase in queries.phases():
        about = phases.name(phase, i18n.current())
        if phase.state in ("open", "closed") and phase.decide_by:
            yield Clock("decision", phase.key, about, phase.decide_by, phase.closes_on, _("The Council"))
        if phase.state in ("open", "closed", "decided") and phase.result_by:
            yield Clock("result", phase.key, about, phase.result_by, phase.decided_on, _("The Council"))


def _next_step(phase: Phase, today: date) -> str:
    """What the council does next; '' while nothing can be done."""
    is_dated = all(getattr(phase, name) for name in DATES)
    steps = {
        "planned": _("Open the phase") if is_dated and phase.opens_on and phase.opens_on <= today else "",
        "open": _("Close the phase") if phase.closes_on and phase.closes_on <= today else "",
        "closed": _("Decide on the phase"),
        "decided": _("Publish the result of the phase"),
    }
    return steps.get(phase.state, "")
