"""Decisions: entered with a reason by one person, confirmed by another, then told back in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.track import cell_references, public_words, queries, states
from app.desk.track.decisions import in_public, weighing
from app.desk.track.decisions.models import OUTCOMES, SHORTEST_REASON, Decision
from app.desk.track.decisions.weighing import Lists
from app.desk.track.phases import queries as phases
from app.desk.track.proposals.models import Proposal
from app.desk.track.proposals.proposals import SENT
from app.desk.track.telling import telling

LONGEST_TITLE, LONGEST_NAME = 200, 80
HEARD = ("closed", "decided", "result_published")
"""States of a phase in which nobody is heard any more: only then is a decision taken."""
OUTCOME_NAMES = {
    "continue": N_("It goes on as now"),
    "adjust": N_("It goes on, changed"),
    "stop": N_("It stops"),
    "more_input": N_("More must be heard first"),
}


class DecisionRefused(Refusal):
    """What a decision lacks."""


@dataclass(frozen=True)
class Words:
    """What was decided, and why."""

    outcome: str
    title: str
    body: str
    reason: str
    decided_on: date
    decided_by: str
    phase_key: str
    minority: str | None = None
    """What those who disagreed said; None where nobody did."""
    corrects_number: int | None = None
    """The published decision of the same phase that it puts right."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the public will read."""
        return (self.title, self.body, self.reason, self.minority or "")


def enter(words: Words, proposals: Sequence[Proposal], author: User, today: date, *, lists: Lists) -> Decision:
    """A new decision, waiting for a second person."""
    _check(words, proposals, today)
    weighing.check(lists)
    decision = Decision(
        number=queries.next_number(Decision),
        **vars(words),
        proposals=list(proposals),
        entered_by_id=author.id,
        writers=[author],
        state="pending",
        version=1,
    )
    weighing.put(decision, lists)
    db.db.session.add(decision)
    db.db.session.flush()
    return decision


def edit(
    decision: Decision, words: Words, proposals: Sequence[Proposal], author: User, today: date, *, lists: Lists
) -> None:
    """Change what still waits for the second person. Whoever changes it has written it, and so has who did before."""
    if decision.state == "dropped":
        raise states.StepRefused(_("%(code)s is dropped.", code=decision.code))
    if decision.state != "pending":
        raise states.StepRefused(_("%(code)s is confirmed. A correction is a new decision.", code=decision.code))
    _check(words, proposals, today)
    weighing.check(lists)
    for name, value in vars(words).items():
        setattr(decision, name, value)
    decision.proposals = list(proposals)
    decision.weighed = []
    db.db.session.flush()  # before the new rows: a code stands there once
    weighing.put(decision, lists)
    decision.entered_by_id = author.id
    if author not in decision.writers:
        decision.writers.append(author)
    decision.version += 1


def drop(decision: Decision, reason: str) -> None:
    """It was entered by mistake and is never confirmed; the reason stays, and so does its number."""
    states.allow(decision, states.DECISION, "dropped")
    if not reason.strip():
        raise DecisionRefused(_("Write why the decision is dropped."))
    decision.dropped_because = reason.strip()
    states.move(decision, states.DECISION, "dropped")
    decision.version += 1


def confirm(decision: Decision, second: User, today: date) -> None:
    """A second person confirms what was decided, when the phase is closed and nothing of it is left out."""
    states.allow(decision, states.DECISION, "taken")
    if any(second.id == one.id for one in decision.writers):
        raise states.OnePersonTwice(_("You have written in this decision. Another person must confirm it."))
    phase = phases.phase(decision.phase_key or "")
    if phase is None or phase.state not in HEARD:
        raise DecisionRefused(_("People are still being heard. Close the phase before you decide."))
    weighing.refuse_missing(decision)
    decision.confirmed_by_id = second.id
    states.move(decision, states.DECISION, "taken")
    weighing.take_in(decision, today)


def publish(decision: Decision, today: date) -> None:
    """Everybody may know it from today; what is approved of how it is told back goes to where citizens read."""
    states.allow(decision, states.DECISION, "published")
    cell_references.check_published(*in_public.texts(decision))
    decision.published_on = today
    states.move(decision, states.DECISION, "published")
    db.db.session.flush()
    in_public.show(decision, today)
    telling.go_live(decision.code, today)


def _check(words: Words, proposals: Sequence[Proposal], today: date) -> None:
    if not words.title or len(words.title) > LONGEST_TITLE or not words.body:
        raise DecisionRefused(_("Write what was decided: a title and a few sentences."))
    if len(words.reason) < SHORTEST_REASON:
        raise DecisionRefused(_("Write the reason, at least %(least)s characters.", least=SHORTEST_REASON))
    if words.outcome not in OUTCOMES:
        raise DecisionRefused(_("Choose what came of it."))
    if words.decided_on > today or not 0 < len(words.decided_by) <= LONGEST_NAME:
        raise DecisionRefused(_("Write who decided it and on which day, today at the latest."))
    if not proposals or any(proposal.state not in SENT for proposal in proposals):
        raise DecisionRefused(_("A decision answers at least one proposal that has been sent."))
    _check_gate(words)
    cell_references.of(*words.texts)
    public_words.check(*words.texts)


def _check_gate(words: Words) -> None:
    phase = phases.phase(words.phase_key)
    if phase is None or phase.state in ("planned", "cancelled"):
        raise DecisionRefused(_("Choose the phase it belongs to."))
    if words.corrects_number is None:
        if phase.state in ("decided", "result_published"):
            raise DecisionRefused(_("This phase is decided. What is new there can only correct a decision."))
        return
    corrected = queries.decision(words.corrects_number)
    if corrected is None or corrected.state != "published" or corrected.phase_key != words.phase_key:
        raise DecisionRefused(_("Only a published decision of the same phase can be corrected."))
