"""Findings on their way out: signed by another, told to the staff of a named place, published, replaced by a newer."""

from datetime import date

from flask_babel import gettext as _

from app.core import db, i18n
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.moderation import masks
from app.desk.track import cell_references, states
from app.desk.track.findings import places, publicity, queries
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.findings.models import LONGEST_COMMENT, Finding, FindingComment
from app.desk.track.peers import queries as peers
from app.desk.track.phases import queries as phases
from app.publication import published
from app.publication.formats import wording


class NotYetPublic(Refusal):
    """It can be published later, or when something else is done first."""


def sign(finding: Finding, signer: User) -> None:
    """A second person stands for it: nobody who wrote a version of it, and nobody with ties to a place it names."""
    states.allow(finding, states.FINDING, "signed")
    if signer.id in queries.writers(finding):
        raise states.OnePersonTwice(_("You have written in this finding. Another person must sign it."))
    if not finding.counter_evidence.strip():
        raise FindingRefused(_("Write first what speaks against the finding, or that you looked and found nothing."))
    if places.has_ties(signer, finding):
        raise FindingRefused(_("The finding names the place you work at. Another person must sign it."))
    places.check_figures(finding, is_public=False)
    finding.signer_id = signer.id
    states.move(finding, states.FINDING, "signed")


def tell_staff(finding: Finding, today: date) -> None:
    """Let those who work at the named places read it, two weekdays before everybody."""
    if finding.state != "signed" or not places.named_sites(finding):
        raise states.StepRefused(_("Only a signed finding that names a place is told to its staff."))
    finding.staff_told_on = finding.staff_told_on or today


def may_read_early(finding: Finding, reader: User) -> bool:
    """Whether somebody works at a place that the finding names, and it has been told there."""
    is_told = finding.state == "signed" and finding.staff_told_on is not None
    return is_told and reader.site_code in places.named_sites(finding)


def comment(finding: Finding, words: str, by: User) -> None:
    """What somebody who works there says before it is public; they change nothing."""
    text = masks.without_names(words)[:LONGEST_COMMENT]
    if not may_read_early(finding, by) or not text:
        raise FindingRefused(_("Write something first."))
    said = queries.comment(finding.number, finding.version, by.id)
    if said is None:
        said = FindingComment(finding=finding.number, version=finding.version, author_id=by.id)
        db.db.session.add(said)
    said.words = text


def publish(finding: Finding, today: date) -> None:
    """Public from today: only with frozen figures, and when nobody can take back their words any more."""
    states.allow(finding, states.FINDING, "published")
    cell_references.check_published(*finding.texts)
    places.check_figures(finding, is_public=True)
    _check_time(finding, today)
    _check_staff(finding, today)
    _check_peers(finding)
    _check_phase(finding)
    states.move(finding, states.FINDING, "published")
    finding.published_on = today
    publicity.show(finding, today)


def _check_phase(finding: Finding) -> None:
    """A decision weighs every finding of its phase: what comes after it belongs to the next one."""
    phase = phases.phase(finding.phase) if finding.phase else None
    if phase is not None and phase.state in ("decided", "result_published"):
        raise FindingRefused(
            _("The phase of this finding is decided. Take the finding back, and choose the phase that weighs it.")
        )


def supersede(finding: Finding, newer: Finding | None, today: date) -> None:
    """A newer finding says it better: both stay to be read."""
    states.allow(finding, states.FINDING, "superseded")
    if newer is None or newer.state != "published" or newer.number == finding.number:
        raise FindingRefused(_("Name the public finding that replaces it."))
    finding.superseded_by = newer.number
    states.move(finding, states.FINDING, "superseded")
    publicity.show(finding, today)
    publicity.show(newer, today)


def _check_time(finding: Finding, today: date) -> None:
    if published.get(finding.period) is None:
        raise NotYetPublic(_("The release of the period must come first."))
    free_from = cell_references.free_from(finding.period)
    if today < free_from:
        raise NotYetPublic(
            _(
                "People can still take their words back. The finding can be published from %(day)s.",
                day=wording.day(free_from, i18n.current()),
            )
        )


def _check_peers(finding: Finding) -> None:
    """Where peers do not agree their words stand beside it, so somebody has looked at each of them first."""
    given = peers.verdicts(finding.number, finding.version)
    if finding.is_disputed and any(one.answered_on is None for one in given):
        raise NotYetPublic(_("It is disputed. Answer each peer first: their words stand beside it."))


def _check_staff(finding: Finding, today: date) -> None:
    if not places.named_sites(finding):
        return
    if finding.staff_told_on is None:
        raise NotYetPublic(_("The finding names a place. Tell its staff first, two weekdays before."))
    if places.weekdays_between(finding.staff_told_on, today) < places.WEEKDAYS:
        raise NotYetPublic(_("The staff have two weekdays to read it before it is public."))
