"""Dossiers: made ready while nobody waits, frozen in one transaction, let out once, and never changed."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db, pdf
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.decisions import queries as decisions
from app.desk.track.dossiers import document as documents
from app.desk.track.dossiers import files, queries
from app.desk.track.dossiers.document import Head
from app.desk.track.dossiers.files import WritePdf
from app.desk.track.dossiers.models import Dossier
from app.desk.track.phases import queries as phases
from app.desk.track.phases.models import Phase
from app.publication.dossiers import copies
from app.publication.formats.base import Document

DECIDED = ("decided", "result_published")


class DossierRefused(Refusal):
    """Why there is no dossier, or not this one."""


@dataclass(frozen=True)
class Ready:
    """A dossier with its files, made but not frozen."""

    head: Head
    document: Document
    archive: bytes


def as_pdf(html: str) -> bytes:
    """The page as a tagged PDF; raises PdfRefused where this server can make none."""
    return pdf.write(html, most_pages=files.MOST_PAGES)


def prepare(phase_key: str, today: date, *, write_pdf: WritePdf = as_pdf) -> Ready:
    """Read everything in one transaction of its own and make the files, which takes seconds: nothing waits for it.

    Refuses a phase that is not decided, and one with a decision that is confirmed and not public. What no second
    person has confirmed is no decision yet: it stands in no dossier and holds none up.
    """
    db.db.session.rollback()
    db.begin_reading()
    phase = phases.phase(phase_key)
    if phase is None or phase.state not in DECIDED:
        raise DossierRefused(_("A dossier is made when the phase is decided."))
    if waiting := [one.code for one in decisions.at_gate(phase_key) if one.state == "taken"]:
        raise DossierRefused(_("Publish the decisions of the phase first: %(codes)s.", codes=", ".join(waiting)))
    head = documents.head()
    document = documents.build(phase, head, today)
    ready = Ready(head, document, files.archive(document, write_pdf))
    db.db.session.rollback()
    return ready


def freeze(ready: Ready, phase: Phase, by: User, today: date) -> Dossier:
    """Freeze it, if all it was made of still stands as it did. The caller commits.

    The document is built once more, under the turn that no other dossier can take meanwhile.
    """
    queries.take_turn()
    now = documents.head()
    is_next = (now.number, now.previous_hash) == (ready.head.number, ready.head.previous_hash)
    if not is_next or documents.build(phase, ready.head, today) != ready.document:
        raise states.ChangedMeanwhile(_("Something of the phase was changed meanwhile. Freeze the dossier again."))
    dossier = Dossier(
        number=ready.head.number,
        phase_key=phase.key,
        state="frozen",
        frozen_on=today,
        frozen_by_id=by.id,
        previous_hash=ready.head.previous_hash,
        hash=ready.document["hash"],
        document=documents.written(ready.document),
        archive=ready.archive,
    )
    db.db.session.add(dossier)
    db.db.session.flush()
    return dossier


def publish(dossier: Dossier, by: User, today: date) -> None:
    """Let everybody read it: a second person, and only when its decisions are public."""
    if dossier.state != "frozen":
        raise states.StepRefused(_("This dossier is public already."))
    if by.id == dossier.frozen_by_id:
        raise states.OnePersonTwice(_("You froze this dossier. Another person must let it out."))
    dossier.state, dossier.published_on, dossier.published_by_id = "published", today, by.id
    db.db.session.flush()
    copies.publish(dossier.number, dossier.phase_key, hash=dossier.hash, content=dossier.archive, today=today)
