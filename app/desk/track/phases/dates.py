"""The days the Council promises for a phase: set freely while it is planned, moved only with a public reason after."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.track import public_words, states
from app.desk.track.phases import queries
from app.desk.track.phases.models import DATES, MovedDate, Phase

NAMES = {
    "opens_on": N_("First day we listen"),
    "closes_on": N_("Last day we listen"),
    "decide_by": N_("Decided at the latest on"),
    "result_by": N_("Result told at the latest on"),
}
MOVABLE = {
    "planned": DATES,
    "open": ("closes_on", "decide_by", "result_by"),
    "closed": ("decide_by", "result_by"),
    "decided": ("result_by",),
}
"""Which days can still be changed in which state: what has happened is not moved."""
LONGEST = timedelta(days=3 * 365)
"""A phase of more years than this is a slip of the finger."""


class DateRefused(Refusal):
    """Days that cannot be promised like this."""


def promise(phase: Phase, days: Mapping[str, date | None], because: str, today: date) -> None:
    """Set the days of a planned phase, or move those of one that runs; `because` is public and kept with the old day.

    Nothing happens to days that stay the same. Refuses days out of order, days that have happened, a running phase
    without a reason, and a time in which another phase listens.
    """
    changed = {name: day for name, day in days.items() if getattr(phase, name) != day}
    if phase.state not in MOVABLE or not set(changed) <= set(MOVABLE[phase.state]):
        raise states.StepRefused(_("What has happened already is not moved."))
    if not changed:
        return
    _refuse_disorder({name: days.get(name, getattr(phase, name)) for name in DATES})
    if phase.state != "planned":
        _keep_old(phase, changed, because.strip(), today)
    for name, day in changed.items():
        setattr(phase, name, day)
    _refuse_overlap(phase)
    phase.version += 1


def _keep_old(phase: Phase, changed: Mapping[str, date | None], because: str, today: date) -> None:
    if not because:
        raise DateRefused(_("Write why the day is moved. Everybody can read it."))
    public_words.check(because)
    first = queries.next_move(phase.key)
    for number, (name, day) in enumerate(changed.items(), first):
        was = getattr(phase, name)
        if day is None:
            raise DateRefused(_("A day that has been promised can be moved, but not taken away."))
        move = MovedDate(
            phase_key=phase.key, number=number, name=name, was=was, became=day, because=because, moved_on=today
        )
        db.session.add(move)


def _refuse_disorder(days: Mapping[str, date | None]) -> None:
    known = [day for name in DATES if (day := days[name]) is not None]
    if any(one > other for one, other in pairwise(known)):
        raise DateRefused(_("First we listen, then it is decided, then the result is told: the days must follow."))
    if known and known[-1] - known[0] > LONGEST:
        raise DateRefused(_("That is more than three years. Check the days."))


def _refuse_overlap(phase: Phase) -> None:
    """A period belongs to one phase, so only one listens at a time."""
    if phase.opens_on is None or phase.closes_on is None:
        return
    for other in queries.phases():
        if other.key == phase.key or other.state == "cancelled" or other.opens_on is None or other.closes_on is None:
            continue
        if other.opens_on <= phase.closes_on and phase.opens_on <= other.closes_on:
            raise DateRefused(_("Another phase listens in that time. Only one does at a time."))
