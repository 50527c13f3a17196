"""What waits for somebody among the proposals, and the clock of each that waits for its answer."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, links, queries
from app.desk.track.clocks import Clock
from app.desk.track.proposals import waiting
from app.desk.track.proposals.models import Proposal
from app.desk.track.task import Task


def tasks(reader: User, today: date) -> Iterator[Task]:
    """Drafts that the council can send, and answers that are late."""
    if reader.role != "council":
        return
    for proposal in queries.proposals(waiting.WAITING):
        if waiting.days_late(proposal, today):
            yield _about(proposal, _("Ask about the answer to %(code)s", code=proposal.code))
    for proposal in queries.proposals(("draft",)):
        yield _about(proposal, _("Send %(code)s", code=proposal.code))


def clocks(_today: date) -> Iterator[Clock]:
    """Who owes an answer, and since when."""
    for proposal in queries.proposals(waiting.WAITING):
        if proposal.answer_due:
            about, since = cell_references.shown(proposal.ask), waiting.asked_on(proposal)
            yield Clock("answer", proposal.code, about, proposal.answer_due, since, proposal.recipient_name)


def _about(proposal: Proposal, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(proposal.ask), links.to(proposal.code))
