"""Findings while they are written: drafted, changed, taken back, dropped. Every version of the words is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import cell_references, principles, public_words, queries, states
from app.desk.track.findings.models import LONGEST_CLAIM, Finding, FindingVersion
from app.desk.track.phases import phases
from app.desk.track.phases import queries as phase_queries
from app.publication import initiatives, periods, themes
from app.surveys import plain_language

SIGNED = ("signed", "published")
"""States in which a finding can carry a proposal."""
HIGHEST_LIX = 35
_WORDS_OF_A_VERSION = ("version", "theme", "period", "claim", "body", "counter_evidence", "who_is_missing", "author_id")


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
    who_is_missing: str = ""
    more_themes: Sequence[str] = field(default_factory=list)
    principles: Sequence[int] = field(default_factory=list)
    initiatives: Sequence[str] = field(default_factory=list)
    phase: str | None = None
    """Nothing chosen means the phase in which the period ends."""
    provenance: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the public will read."""
        return (self.claim, self.body, self.counter_evidence, self.who_is_missing)


def draft(words: Words, author: User) -> Finding:
    """A new finding."""
    _check(words)
    number = queries.next_number(Finding)
    finding = Finding(number=number, author_id=author.id, state="draft", version=1)
    _write(finding, words)
    db.db.session.add(finding)
    db.db.session.flush()
    _remember(finding)
    return finding


def edit(finding: Finding, words: Words, author: User) -> None:
    """Change the words of a draft. Whoever changes them stands for them."""
    if finding.state != "draft":
        raise states.StepRefused(
            _("%(code)s is not a draft any more. Take it back to draft before you change it.", code=finding.code)
        )
    _check(words)
    _write(finding, words)
    finding.author_id = author.id
    _next_version(finding)


def take_back(finding: Finding) -> None:
    """To draft again, as a new version: the signature falls, and verdicts of peers count no more.

    Refuses what a proposal that is sent stands on: a newer finding can take its place.
    """
    states.allow(finding, states.FINDING, "draft")
    for proposal in queries.proposals_on(finding.number):
        if proposal.state not in ("draft", "withdrawn"):
            raise states.StepRefused(_("%(code)s is sent and cannot be changed any more.", code=proposal.code))
    states.move(finding, states.FINDING, "draft")
    finding.signer_id = finding.peers_asked_on = finding.peers_answered = finding.staff_told_on = None
    finding.is_disputed = False
    _next_version(finding)


def drop(finding: Finding, reason: str) -> None:
    """Set it aside before it is signed; the reason stays."""
    states.allow(finding, states.FINDING, "dropped")
    if not reason.strip():
        raise FindingRefused(_("Write why the finding is dropped."))
    finding.dropped_because = reason.strip()
    finding.peers_answered = None
    states.move(finding, states.FINDING, "dropped")


def is_signal(finding: Finding) -> bool:
    """No figure in it: "we have heard that ...", and never the only ground of a proposal."""
    return not cell_references.of(finding.claim, finding.body)


def lix(claim: str) -> float:
    """How hard a claim is to read, without its figures."""
    return plain_language.lix(_bare(claim))


def _check(words: Words) -> None:
    if not words.claim or len(words.claim) > LONGEST_CLAIM or len(_sentences(words.claim)) > 1:
        raise FindingRefused(_("The finding is one sentence of at most %(most)s characters.", most=LONGEST_CLAIM))
    if words.theme not in themes.codes() or not set(words.more_themes) <= set(themes.codes()) - {words.theme}:
        raise FindingRefused(_("Choose a theme."))
    periods.parse(words.period)
    _check_belongs(words)
    cell_references.of(*words.texts)
    public_words.check(*words.texts)
    if (found := lix(words.claim)) > HIGHEST_LIX:
        raise FindingRefused(
            _(
                "The sentence is hard to read: its LIX is %(lix)s, and it may be %(most)s at most. "
                "Use shorter words, or say less in it.",
                lix=round(found),
                most=HIGHEST_LIX,
            )
        )


def _check_belongs(words: Words) -> None:
    if not set(words.principles) <= set(principles.HEADINGS) or not set(words.initiatives) <= set(initiatives.names()):
        raise FindingRefused(_("Choose principles and initiatives from the lists."))
    if words.phase and phase_queries.phase(words.phase) is None:
        raise FindingRefused(_("Choose a phase from the list."))


def _write(finding: Finding, words: Words) -> None:
    for name, value in vars(words).items():
        setattr(finding, name, list(value) if isinstance(value, list | tuple) else value)
    finding.phase = words.phase or phases.of_period(words.period)


def _next_version(finding: Finding) -> None:
    finding.version += 1
    _remember(finding)


def _remember(finding: Finding) -> None:
    """Keep the words as they stand: verdicts and signatures are about a version."""
    kept = {name: getattr(finding, name) for name in _WORDS_OF_A_VERSION}
    db.db.session.add(FindingVersion(finding=finding.number, **kept))
    db.db.session.flush()


def _sentences(claim: str) -> list[str]:
    return plain_language.sentences(_bare(claim).replace(":", ","))  # what stands after a colon is no other sentence


def _bare(claim: str) -> str:
    return public_words.unmarked(public_words.REFERENCE.sub("", claim))
