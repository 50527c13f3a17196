"""What waits for somebody among the decisions."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, links, queries
from app.desk.track.decisions.models import Decision
from app.desk.track.task import Task


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """What needs a second person, and what the council can publish."""
    if reader.role in ("moderator", "council"):
        for decision in queries.decisions(("pending",)):
            if all(one.id != reader.id for one in decision.writers):
                yield _about(decision, _("Read and confirm %(code)s", code=decision.code))
    if reader.role == "council":
        for decision in queries.decisions(("taken",)):
            yield _about(decision, _("Publish %(code)s", code=decision.code))


def _about(decision: Decision, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(decision.title), links.to(decision.code))
