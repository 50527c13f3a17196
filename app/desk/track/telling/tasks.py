"""What waits for somebody of what is told back, and the clock of each end that nobody is told of."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references
from app.desk.track.clocks import TOLD_BACK, Clock
from app.desk.track.task import Task
from app.desk.track.telling import abouts, queries

TELLERS = ("council", "moderator")
"""Who may write and approve what is told back."""


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Drafts of others to approve, and what people wait to be told."""
    if reader.role not in TELLERS:
        return
    drafts = queries.in_states(("drafted",))
    for code in dict.fromkeys(one.about for one in drafts if one.drafted_by_id != reader.id):
        yield _task(code, _("Read what is told of %(code)s", code=code))
    written = {one.about for one in drafts}
    for clock in clocks(_today):
        if clock.code not in written:
            yield _task(clock.code, _("Write what is told of %(code)s", code=clock.code))


def clocks(_today: date) -> Iterator[Clock]:
    """Decisions that are public while nobody is told of them; actions have theirs with the other clocks of actions."""
    for one in queries.untold_decisions():
        if one.published_on:
            due_on, title = one.published_on + TOLD_BACK, cell_references.shown(one.title)
            yield Clock("told_back", one.code, title, due_on, one.published_on, one.decided_by)


def _task(code: str, sentence: str) -> Task:
    about = abouts.of(code)
    return Task(sentence, cell_references.shown(about.title) if about else "", url_for("track.telling.show", code=code))
