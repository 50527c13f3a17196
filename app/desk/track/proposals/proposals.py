"""Proposals: what we ask for, of whom, on which findings, and how long we have waited for the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.track import cell_references, initiatives, public_words, queries, states
from app.desk.track.findings import findings
from app.desk.track.findings.models import Finding
from app.desk.track.proposals.models import RECIPIENTS, Proposal

ANSWER_WITHIN = timedelta(days=56)
LONGEST_NAME = 120
RECIPIENT_NAMES = {
    "ministry": N_("Ministry"),
    "region": N_("Region"),
    "municipality": N_("Municipality"),
    "two_municipalities": N_("Two municipalities together"),
    "site_owner": N_("Owner of the place"),
    "ngo": N_("Voluntary organisation"),
    "council": N_("The Council itself"),
}


class ProposalRefused(Refusal):
    """What a proposal lacks."""


@dataclass(frozen=True)
class Words:
    """What the council member writes."""

    ask: str
    recipient: str
    recipient_name: str
    initiative: str | None
    answer_due: date | None


def draft(words: Words, grounds: Sequence[Finding], author: User) -> Proposal:
    """A new proposal."""
    _check(words, grounds)
    number = queries.next_number(Proposal)
    proposal = Proposal(
        number=number, **vars(words), findings=list(grounds), author_id=author.id, state="draft", version=1
    )
    db.db.session.add(proposal)
    db.db.session.flush()
    return proposal


def edit(proposal: Proposal, words: Words, grounds: Sequence[Finding]) -> None:
    """Change a draft."""
    if proposal.state != "draft":
        raise states.StepRefused(_("%(code)s is sent and cannot be changed any more.", code=proposal.code))
    _check(words, grounds)
    for name, value in vars(words).items():
        setattr(proposal, name, value)
    proposal.findings = list(grounds)
    proposal.version += 1


def submit(proposal: Proposal, today: date) -> None:
    """Sent to its recipient: the clock runs in public from today."""
    states.allow(proposal, states.PROPOSAL, "submitted")
    if any(finding.state not in findings.SIGNED for finding in proposal.findings):
        raise ProposalRefused(_("A finding under the proposal is not signed any more."))
    due = proposal.answer_due or today + ANSWER_WITHIN
    if due <= today:
        raise ProposalRefused(_("The answer must be due after today."))
    proposal.submitted_on, proposal.answer_due = today, due
    states.move(proposal, states.PROPOSAL, "submitted")


def withdraw(proposal: Proposal, reason: str) -> None:
    """Taken back, with the reason, while nobody has answered."""
    if codes := answered_by(proposal):
        answers = ", ".join(codes)
        raise states.StepRefused(
            _("%(answers)s answers %(code)s: it cannot be withdrawn any more.", answers=answers, code=proposal.code)
        )
    states.allow(proposal, states.PROPOSAL, "withdrawn")
    if not reason.strip():
        raise ProposalRefused(_("Write why the proposal is withdrawn."))
    proposal.withdrawn_because = reason.strip()
    states.move(proposal, states.PROPOSAL, "withdrawn")


def answered_by(proposal: Proposal) -> list[str]:
    """The codes of the published decisions that speak of it."""
    return [decision.code for decision in proposal.decisions if decision.state == "published"]


def stands(proposal: Proposal) -> str:
    """How far it is, in a word or two; a sent proposal with a published decision is answered."""
    codes = answered_by(proposal)
    if proposal.state == "submitted" and codes:
        sentence: str = _("answered by %(codes)s", codes=", ".join(codes))
        return sentence
    word: str = _(states.WORDS[proposal.state])
    return word


def days_waiting(proposal: Proposal, today: date) -> int | None:
    """Whole days since it was submitted, while there is no answer."""
    if proposal.state != "submitted" or proposal.submitted_on is None or answered_by(proposal):
        return None
    return (today - proposal.submitted_on).days


def days_late(proposal: Proposal, today: date) -> int:
    """Whole days after the answer was due, 0 before."""
    is_waiting = days_waiting(proposal, today) is not None
    return max((today - proposal.answer_due).days, 0) if is_waiting and proposal.answer_due else 0


def waited(proposal: Proposal, today: date) -> str:
    """The public clock as a sentence; '' where none runs."""
    days, late = days_waiting(proposal, today), days_late(proposal, today)
    if days is None:
        return ""
    sentence: str = ngettext("Waiting for an answer: %(num)s day.", "Waiting for an answer: %(num)s days.", days)
    if late:
        sentence += " " + ngettext("It is %(num)s day late.", "It is %(num)s days late.", late)
    return sentence


def _check(words: Words, grounds: Sequence[Finding]) -> None:
    if not words.ask:
        raise ProposalRefused(_("Write what you ask for."))
    if words.recipient not in RECIPIENTS or not 0 < len(words.recipient_name) <= LONGEST_NAME:
        raise ProposalRefused(_("Name one recipient who can answer."))
    if words.initiative and words.initiative not in initiatives.names():
        raise ProposalRefused(_("Choose an initiative from the list."))
    if not any(finding.state in findings.SIGNED for finding in grounds):
        raise ProposalRefused(_("A proposal stands on at least one signed finding."))
    if any(finding.state not in findings.SIGNED for finding in grounds):
        raise ProposalRefused(_("Choose signed findings only."))
    if all(findings.is_signal(finding) for finding in grounds):
        raise ProposalRefused(_("A finding without figures cannot carry a proposal alone."))
    cell_references.of(words.ask)
    public_words.check(words.ask)
