"""What waits for somebody among the actions, and their clocks: the day they are due, and fourteen days to tell it."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, links
from app.desk.track.actions import actions, ending, queries
from app.desk.track.actions.models import Action
from app.desk.track.clocks import TOLD_BACK, Clock, days_late
from app.desk.track.task import Task
from app.desk.track.telling import queries as telling


def tasks(reader: User, today: date) -> Iterator[Task]:
    """What a second person must see, what is late, what must be told, and what places have written."""
    if reader.role in ending.SECONDS:
        for action in queries.all_in(("started",)):
            if action.progress == 100 and action.set_by_id != reader.id:
                yield _about(action, _("See if %(code)s is done", code=action.code))
    if reader.role == "council":
        yield from _of_the_council(today)
    if reader.role == "staff" and reader.site_code:
        for action in queries.of_place(reader.site_code, actions.RUNNING):
            yield _about(action, _("Show what you have done about %(code)s", code=action.code))


def clocks(today: date) -> Iterator[Clock]:
    """Until when each must be done and, when it has ended, until when that must be told."""
    for action in queries.all_in(actions.RUNNING):
        yield Clock("action", action.code, cell_references.shown(action.title), action.due, None, action.owner)
    for action in telling.untold_actions():
        if action.ended_on:
            due = action.ended_on + TOLD_BACK
            yield Clock("told_back", action.code, cell_references.shown(action.title), due, action.ended_on)


def _of_the_council(today: date) -> Iterator[Task]:
    for action in queries.all_in(actions.RUNNING):
        if any(one.shown_by_id is None for one in action.evidence):
            yield _about(action, _("Read what the place writes about %(code)s", code=action.code))
        if days_late(action.due, today) and action.is_trial:
            yield _about(action, _("The trial %(code)s is over: write what it showed", code=action.code))
        elif days_late(action.due, today):
            yield _about(action, _("%(code)s is late", code=action.code))
    for action in telling.untold_actions():
        yield _about(action, _("Tell people what came of %(code)s", code=action.code))


def _about(action: Action, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(action.title), links.to(action.code))
