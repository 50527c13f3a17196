"""What the recipient of a proposal says: that it is being considered, yes, in part or no; and asking once more."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.i18n import N_
from app.desk.track import cell_references, clocks, public_words, states
from app.desk.track.proposals import in_public
from app.desk.track.proposals.models import SHORTEST_ANSWER, FormerAnswer, Proposal
from app.desk.track.proposals.proposals import LONGEST_NAME, ProposalRefused
from app.surveys import plain_language

HIGHEST_LIX = 35
"""Easy Danish, as the claim of a finding."""
NAMES = {
    "accepted": N_("Yes"),
    "partly_accepted": N_("Yes to some of it"),
    "rejected": N_("No"),
}


@dataclass(frozen=True)
class Answer:
    """What was answered (a key of NAMES), in which words, by whom, and on which day."""

    state: str
    words: str
    by: str
    on: date | None


def evaluate(proposal: Proposal, today: date) -> None:
    """The recipient says that it is being considered. The clock goes on."""
    if proposal.state != "submitted":
        raise states.StepRefused(_("%(code)s is not waiting to be taken up.", code=proposal.code))
    states.move(proposal, states.PROPOSAL, "evaluating")
    in_public.show(proposal, today)


def record(proposal: Proposal, answer: Answer, today: date) -> None:
    """The answer, word for word as everybody will read it: the clock stops."""
    if answer.state not in states.ANSWERS:
        raise ProposalRefused(_("Choose what the answer is."))
    states.allow(proposal, states.PROPOSAL, answer.state)
    _check(answer, _asked_on(proposal), today)
    proposal.answer, proposal.answered_by, proposal.answered_on = answer.words, answer.by, answer.on
    states.move(proposal, states.PROPOSAL, answer.state)
    proposal.version += 1
    in_public.show(proposal, today)


def reopen(proposal: Proposal, reason: str, today: date) -> None:
    """Ask again, and say why: the answer stays to be read, and a new clock runs from today."""
    if proposal.state not in states.ANSWERS or proposal.answered_on is None:
        raise states.StepRefused(_("%(code)s has no answer that could be asked about again.", code=proposal.code))
    if not reason.strip():
        raise ProposalRefused(_("Write why you ask again. Everybody can read it."))
    public_words.check(reason)
    _keep(proposal, reason.strip(), today)
    proposal.answer, proposal.answered_by, proposal.answered_on = "", "", None
    proposal.asked_again_on, proposal.answer_due = today, today + clocks.ANSWER
    states.move(proposal, states.PROPOSAL, "evaluating")
    proposal.version += 1
    in_public.show(proposal, today)


def _keep(proposal: Proposal, reason: str, today: date) -> None:
    assert proposal.answered_on is not None  # noqa: S101 - an answer has a day, the database says so too
    former = FormerAnswer(
        number=len(proposal.former_answers) + 1,
        state=proposal.state,
        answer=proposal.answer,
        answered_by=proposal.answered_by,
        answered_on=proposal.answered_on,
        reopened_on=today,
        reopened_because=reason,
    )
    proposal.former_answers.append(former)


def _check(answer: Answer, asked_on: date | None, today: date) -> None:
    if not 0 < len(answer.by) <= LONGEST_NAME:
        raise ProposalRefused(_("Write who has answered."))
    if answer.on is None or answer.on > today or (asked_on and answer.on < asked_on):
        raise ProposalRefused(_("Write the day of the answer: after the proposal was sent, and today at the latest."))
    if answer.state != "accepted" and len(answer.words) < SHORTEST_ANSWER:
        raise ProposalRefused(
            _("Write what was answered and why, at least %(least)s characters.", least=SHORTEST_ANSWER)
        )
    if (found := plain_language.lix(cell_references.shown(answer.words, "da"))) > HIGHEST_LIX:
        raise ProposalRefused(
            _("The answer is hard to read: LIX %(lix)s. It may be %(most)s.", lix=round(found), most=HIGHEST_LIX)
        )
    cell_references.check_published(answer.words)
    public_words.check(answer.words)


def _asked_on(proposal: Proposal) -> date | None:
    return proposal.asked_again_on or proposal.submitted_on
