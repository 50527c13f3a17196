"""What waits for somebody among the proposals, and the clock of each that waits for its answer."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, links, queries
from app.desk.track.clocks import Clock
from app.desk.track.proposals import proposals
from app.desk.track.task import Task


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Drafts that the council can send."""
    if reader.role == "council":
        for proposal in queries.proposals(("draft",)):
            sentence = _("Send %(code)s", code=proposal.code)
            yield Task(sentence, cell_references.shown(proposal.ask), links.to(proposal.code))


def clocks(today: date) -> Iterator[Clock]:
    """Who owes an answer, and since when."""
    for proposal in queries.proposals(("submitted",)):
        if proposal.answer_due and proposals.days_waiting(proposal, today) is not None:
            about, owed_by = cell_references.shown(proposal.ask), proposal.recipient_name
            yield Clock("answer", proposal.code, about, proposal.answer_due, proposal.submitted_on, owed_by)
