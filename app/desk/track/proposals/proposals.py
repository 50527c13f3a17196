"""Proposals: what we ask for, of whom, on which findings; written, sent, and perhaps taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import cell_references, clocks, principles, public_words, queries, states
from app.desk.track.findings import findings
from app.desk.track.findings.models import Finding
from app.desk.track.proposals import in_public
from app.desk.track.proposals.models import RECIPIENTS, Proposal
from app.desk.track.research.models import Research
from app.publication import initiatives

LONGEST_NAME = 120
SENT = ("submitted", "evaluating", *states.ANSWERS)
"""The states of a proposal that lies with its recipient or has an answer: a decision may speak of it."""


class ProposalRefused(Refusal):
    """What a proposal or an answer lacks."""


@dataclass(frozen=True)
class Words:
    """What the council member writes."""

    ask: str
    recipient: str
    recipient_name: str
    initiative: str | None
    answer_due: date | None
    principle: int | None = None
    is_trial: bool = False


def draft(words: Words, grounds: Sequence[Finding], author: User, *, research: Sequence[Research] = ()) -> Proposal:
    """A new proposal."""
    _check(words, grounds, research)
    number = queries.next_number(Proposal)
    proposal = Proposal(number=number, **vars(words), author_id=author.id, state="draft", version=1)
    proposal.findings, proposal.research = list(grounds), list(research)
    db.db.session.add(proposal)
    db.db.session.flush()
    return proposal


def edit(proposal: Proposal, words: Words, grounds: Sequence[Finding], *, research: Sequence[Research] = ()) -> None:
    """Change a draft."""
    if proposal.state != "draft":
        raise states.StepRefused(_("%(code)s is sent and cannot be changed any more.", code=proposal.code))
    _check(words, grounds, research)
    for name, value in vars(words).items():
        setattr(proposal, name, value)
    proposal.findings, proposal.research = list(grounds), list(research)
    proposal.version += 1


def submit(proposal: Proposal, today: date) -> None:
    """Sent to its recipient: the clock runs in public from today."""
    states.allow(proposal, states.PROPOSAL, "submitted")
    if any(finding.state not in findings.SIGNED for finding in proposal.findings):
        raise ProposalRefused(_("A finding under the proposal is not signed any more."))
    due = proposal.answer_due or today + clocks.ANSWER
    if due <= today:
        raise ProposalRefused(_("The answer must be due after today."))
    proposal.submitted_on, proposal.answer_due = today, due
    states.move(proposal, states.PROPOSAL, "submitted")
    in_public.show(proposal, today)


def cite(proposal: Proposal, research: Sequence[Research], today: date) -> None:
    """Lay research beside a proposal that is sent. It says more, and changes nothing else."""
    _check_research(research)
    if proposal.state not in SENT:
        raise states.StepRefused(_("%(code)s is not sent. Write the research into the draft.", code=proposal.code))
    proposal.research = list(research)
    proposal.version += 1
    in_public.show(proposal, today)


def withdraw(proposal: Proposal, reason: str, today: date) -> None:
    """Taken back, with the reason, while nobody has answered or decided."""
    if codes := decided_by(proposal):
        decisions = ", ".join(codes)
        raise states.StepRefused(
            _("%(answers)s answers %(code)s: it cannot be withdrawn any more.", answers=decisions, code=proposal.code)
        )
    states.allow(proposal, states.PROPOSAL, "withdrawn")
    if not reason.strip():
        raise ProposalRefused(_("Write why the proposal is withdrawn."))
    public_words.check(reason)
    was_sent = proposal.state == "submitted"
    proposal.withdrawn_because = reason.strip()
    states.move(proposal, states.PROPOSAL, "withdrawn")
    if was_sent:
        in_public.show(proposal, today)


def decided_by(proposal: Proposal) -> list[str]:
    """The codes of the published decisions that speak of it."""
    return [decision.code for decision in proposal.decisions if decision.state == "published"]


def _check(words: Words, grounds: Sequence[Finding], research: Sequence[Research]) -> None:
    if not words.ask:
        raise ProposalRefused(_("Write what you ask for."))
    if words.recipient not in RECIPIENTS or not 0 < len(words.recipient_name) <= LONGEST_NAME:
        raise ProposalRefused(_("Name one recipient who can answer."))
    if words.initiative and words.initiative not in initiatives.names():
        raise ProposalRefused(_("Choose an initiative from the list."))
    if words.principle is not None and words.principle not in principles.HEADINGS:
        raise ProposalRefused(_("Choose one of the ten principles."))
    _check_grounds(grounds)
    _check_research(research)
    cell_references.of(words.ask)
    public_words.check(words.ask)


def _check_grounds(grounds: Sequence[Finding]) -> None:
    if not any(finding.state in findings.SIGNED for finding in grounds):
        raise ProposalRefused(_("A proposal stands on at least one signed finding."))
    if any(finding.state not in findings.SIGNED for finding in grounds):
        raise ProposalRefused(_("Choose signed findings only."))
    if all(findings.is_signal(finding) for finding in grounds):
        raise ProposalRefused(_("A finding without figures cannot carry a proposal alone."))


def _check_research(research: Sequence[Research]) -> None:
    if any(one.state != "published" for one in research):
        raise ProposalRefused(_("Only research that is published can stand under a proposal."))
