"""Whether what came of an action has been told where the voices came from, and the fourteen days there are for it."""

from datetime import date

from flask_babel import gettext as _

from app.desk.track import clocks
from app.desk.track.actions.models import Action
from app.desk.track.telling import queries


def due_on(action: Action) -> date | None:
    """The last day to tell it in time; None while there is nothing to tell, or when it is told."""
    if action.ended_on is None or told_on(action):
        return None
    return action.ended_on + clocks.TOLD_BACK


def told_on(action: Action) -> date | None:
    """The day it was told since it ended. What was told before it was taken up again does not count."""
    return queries.told_on(action.code, action.ended_on) if action.ended_on else None


def is_late(action: Action, today: date) -> bool:
    """Whether the fourteen days have passed and nobody has told it."""
    due = due_on(action)
    return due is not None and clocks.days_late(due, today) > 0


def stands(action: Action, today: date) -> str:
    """How it is with telling it back, in a sentence; '' while the action is under way."""
    if action.ended_on is None:
        return ""
    due = due_on(action)
    if due is None:
        told: str = _("It is told back.")
        return told
    not_yet: str = _("It is not told back yet.")
    return f"{not_yet} {clocks.stands(due, today)}"
