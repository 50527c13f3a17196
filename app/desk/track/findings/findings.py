"""Findings: drafted by one person, signed by another, public when their figures are."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db, i18n
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import cell_references, public_words, queries, states
from app.desk.track.findings.models import LONGEST_CLAIM, Finding
from app.publication import periods, published, themes
from app.publication.formats import wording

SIGNED = ("signed", "published")


class FindingRefused(Refusal):
    """What a finding lacks."""


@dataclass(frozen=True)
class Words:
    """What the author writes."""

    theme: str
    period: str
    claim: str
    body: str
    counter_evidence: str


def draft(words: Words, author: User) -> Finding:
    """A new finding."""
    _check(words)
    finding = Finding(number=queries.next_number(Finding), **vars(words), author_id=author.id, state="draft", version=1)
    db.db.session.add(finding)
    db.db.session.flush()
    return finding


def edit(finding: Finding, words: Words, author: User) -> None:
    """Change the words of a draft. Whoever changes them stands for them."""
    if finding.state != "draft":
        raise states.StepRefused(
            _("%(code)s is signed. Take it back to draft before you change it.", code=finding.code)
        )
    _check(words)
    for name, value in vars(words).items():
        setattr(finding, name, value)
    finding.author_id = author.id
    finding.version += 1


def sign(finding: Finding, signer: User) -> None:
    """A second person stands for it: not the author, and nobody who works at a place it names."""
    states.allow(finding, states.FINDING, "signed")
    if signer.id == finding.author_id:
        raise states.OnePersonTwice(_("You wrote this finding. Another person must sign it."))
    if not finding.counter_evidence.strip():
        raise FindingRefused(_("Write first what speaks against the finding, or that you looked and found nothing."))
    references = cell_references.of(finding.claim, finding.body, finding.counter_evidence)
    if signer.site_code in {reference.place for reference in references}:
        raise FindingRefused(_("The finding names the place you work at. Another person must sign it."))
    finding.signer_id = signer.id
    states.move(finding, states.FINDING, "signed")


def take_back(finding: Finding) -> None:
    """To draft again: the signature falls."""
    states.move(finding, states.FINDING, "draft")
    finding.signer_id = None
    finding.version += 1


def publish(finding: Finding, today: date) -> None:
    """Public from today: only with frozen figures, and when nobody can take back their words any more."""
    states.allow(finding, states.FINDING, "published")
    cell_references.check_published(finding.claim, finding.body, finding.counter_evidence)
    if published.get(finding.period) is None:
        raise FindingRefused(_("The release of the period must come first."))
    free_from = cell_references.free_from(finding.period)
    if today < free_from:
        raise FindingRefused(
            _(
                "People can still take their words back. The finding can be published from %(day)s.",
                day=wording.day(free_from, i18n.current()),
            )
        )
    states.move(finding, states.FINDING, "published")
    finding.published_on = today


def drop(finding: Finding, reason: str) -> None:
    """Set a draft aside; the reason stays."""
    states.allow(finding, states.FINDING, "dropped")
    if not reason.strip():
        raise FindingRefused(_("Write why the finding is dropped."))
    finding.dropped_because = reason.strip()
    states.move(finding, states.FINDING, "dropped")


def is_signal(finding: Finding) -> bool:
    """No figure in it: "we have heard that ...", and never the only ground of a proposal."""
    return not cell_references.of(finding.claim, finding.body)


def _check(words: Words) -> None:
    if not words.claim or len(words.claim) > LONGEST_CLAIM:
        raise FindingRefused(_("The finding is one sentence of at most %(most)s characters.", most=LONGEST_CLAIM))
    if words.theme not in themes.codes():
        raise FindingRefused(_("Choose a theme."))
    periods.parse(words.period)
    cell_references.of(words.claim, words.body, words.counter_evidence)
    public_words.check(words.claim, words.body, words.counter_evidence)
