"""What waits for somebody of what is told back, and the clock of each end that nobody is told of."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references
from app.desk.track.clocks import Clock
from app.desk.track.task import Task
from app.desk.track.telling import abouts, overview, queries

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
    yield from filter(None, (overview.clock(about) for about in abouts.to_tell() if about.code.startswith("B")))


def _task(code: str, sentence: str) -> Task:
    about = abouts.of(code)
    return Task(sentence, cell_references.shown(about.title) if about else "", url_for("track.telling.show", code=code))
