"""What waits for somebody among the research."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import links
from app.desk.track.research import queries
from app.desk.track.research.models import Research
from app.desk.track.task import Task


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """What an analyst must read, and what can be published."""
    if reader.role == "analyst":
        for research in queries.all_in(("registered",)):
            yield _about(research, _("Read the research %(code)s", code=research.code))
    if reader.role in ("analyst", "council"):
        for research in queries.all_in(("reviewed",)):
            yield _about(research, _("Publish %(code)s", code=research.code))


def _about(research: Research, sentence: str) -> Task:
    return Task(sentence, research.title, links.to(research.code))
