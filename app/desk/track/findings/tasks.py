"""What waits for somebody among the findings."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, links, queries
from app.desk.track.findings import queries as finding_queries
from app.desk.track.findings.models import Finding
from app.desk.track.task import Task


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Own drafts for those who write, what peers have read for those who sign, what is signed for those who publish."""
    if reader.role == "moderator":
        yield from _to_sign(reader)
    if reader.role in ("moderator", "analyst"):
        yield from _own_drafts(reader)
    if reader.role in ("moderator", "council"):
        for finding in queries.findings(("signed",)):
            yield _about(finding, _("Publish %(code)s", code=finding.code))


def _to_sign(reader: User) -> Iterator[Task]:
    own = finding_queries.written_by(reader.id)
    for finding in queries.findings(("peer_checked",)):
        if finding.number not in own:
            yield _about(finding, _("Read and sign %(code)s", code=finding.code))


def _own_drafts(reader: User) -> Iterator[Task]:
    for finding in queries.findings(("draft",)):
        if finding.author_id == reader.id:
            yield _about(finding, _("Your draft %(code)s", code=finding.code))


def _about(finding: Finding, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(finding.claim), links.to(finding.code))
