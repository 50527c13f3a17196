"""Research: registered with what it says and its file, laid beside our findings, reviewed, published, withdrawn."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.track import public_words, states, web_addresses
from app.desk.track import queries as track
from app.desk.track.findings.models import Finding
from app.desk.track.phases.models import Phase
from app.desk.track.research import in_public, pdf_files
from app.desk.track.research.models import KINDS, MOST_SAID, RELATIONS, Research, ResearchFile, ResearchRelation
from app.publication import initiatives, themes

KIND_NAMES = {
    "baseline": N_("Before it began"),
    "interim": N_("On the way"),
    "final": N_("At the end"),
    "register": N_("From registers"),
    "other": N_("Something else"),
    "none": N_("Nothing received"),
}
RELATION_NAMES = {
    "supports": N_("says the same"),
    "contradicts": N_("says the opposite"),
    "other_angle": N_("sees it from another side"),
    "not_covered": N_("does not look at it"),
}


class ResearchRefused(Refusal):
    """What is lacking about a piece of research."""


@dataclass(frozen=True)
class Words:
    """What is written about it. `dated` is empty and `asked_on` is not, where nothing has been received."""

    kind: str
    title: str
    institution: str
    dated: date | None
    asked_on: date | None
    link: str
    says: str
    themes: tuple[str, ...]
    initiatives: tuple[str, ...]
    permission: str


@dataclass(frozen=True)
class File:
    """A PDF as it was sent."""

    name: str
    content: bytes


def register(words: Words, phase: Phase | None, by: User, *, file: File | None = None) -> Research:
    """A new entry, not reviewed yet."""
    _check(words, file)
    found = Research(number=track.next_number(Research), state="registered", version=1, registered_by_id=by.id)
    _write(found, words)
    found.phase_key = phase.key if phase else None
    db.db.session.add(found)
    db.db.session.flush()
    if file:
        _keep(found, file)
    return found


def edit(research: Research, words: Words, *, file: File | None = None) -> None:
    """Change what nobody has reviewed; a new file takes the place of the old one."""
    if research.state != "registered":
        raise states.StepRefused(_("%(code)s is reviewed and cannot be changed any more.", code=research.code))
    _check(words, file, has_file=research.file_sha256 is not None)
    _write(research, words)
    if file:
        _keep(research, file)
    research.version += 1


def relate(research: Research, relations: Mapping[Finding, str], today: date) -> None:
    """Say how it stands to findings. That may be said as long as it is not withdrawn, and changes no state."""
    if research.state == "withdrawn":
        raise states.StepRefused(_("%(code)s is withdrawn.", code=research.code))
    if set(relations.values()) - set(RELATIONS):
        raise ResearchRefused(_("Choose how the research stands to the finding."))
    kept = {one.finding_number: one for one in research.relations}
    research.relations = [
        _related(kept.get(finding.number), finding, relation) for finding, relation in relations.items()
    ]
    research.version += 1
    if research.state == "published":
        in_public.show(research, today)


def review(research: Research, analyst: User) -> None:
    """An analyst has read it and stands for what we write about it."""
    states.move(research, states.RESEARCH, "reviewed")
    research.reviewed_by_id = analyst.id


def publish(research: Research, today: date) -> None:
    """Public from today, a silence too."""
    states.move(research, states.RESEARCH, "published")
    research.published_on = today
    in_public.show(research, today)


def withdraw(research: Research, reason: str, today: date) -> None:
    """Taken back; the reason stays public."""
    states.allow(research, states.RESEARCH, "withdrawn")
    if not reason:
        raise ResearchRefused(_("Write why the research is withdrawn. Everybody can read it."))
    public_words.check(reason)
    research.withdrawn_because = reason
    states.move(research, states.RESEARCH, "withdrawn")
    in_public.show(research, today)


def _related(kept: ResearchRelation | None, finding: Finding, relation: str) -> ResearchRelation:
    found = kept or ResearchRelation(finding_number=finding.number, finding=finding)
    found.relation = relation
    return found


def _write(research: Research, words: Words) -> None:
    for name, value in vars(words).items():
        setattr(research, name, list(value) if isinstance(value, tuple) else value)


def _keep(research: Research, file: File) -> None:
    research.file_name, research.file_sha256 = file.name, hashlib.sha256(file.content).hexdigest()
    db.db.session.merge(ResearchFile(research_number=research.number, content=file.content))


def _check(words: Words, file: File | None, *, has_file: bool = False) -> None:
    if words.kind not in KINDS or not 0 < len(words.title) <= 200 or not 0 < len(words.institution) <= 120:
        raise ResearchRefused(_("Write what it is, its title and who made it."))
    _check_days(words)
    if len(words.says) > MOST_SAID or (words.kind != "none" and not words.says):
        raise ResearchRefused(_("Write what it says in at most %(most)s characters.", most=MOST_SAID))
    if set(words.themes) - set(themes.codes()) or set(words.initiatives) - set(initiatives.names()):
        raise ResearchRefused(_("Choose themes and initiatives from the lists."))
    web_addresses.check(words.link)
    public_words.check(words.says)
    _check_file(words, file, has_file=has_file)


def _check_days(words: Words) -> None:
    if words.kind == "none" and (words.asked_on is None or words.dated is not None):
        raise ResearchRefused(_("Write the day on which we asked. What was not received has no date of its own."))
    if words.kind != "none" and (words.dated is None or words.asked_on is not None):
        raise ResearchRefused(_("Write the date of the research."))


def _check_file(words: Words, file: File | None, *, has_file: bool) -> None:
    if file:
        pdf_files.check(file.content)
    if words.kind == "none" and (file or has_file):
        raise ResearchRefused(_("What was not received has no file."))
    if (file or has_file) and not words.permission:
        raise ResearchRefused(_("Write who has allowed us to keep the file."))
