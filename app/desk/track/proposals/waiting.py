"""How long a proposal has waited for its answer, as the desk and the public count it."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.desk.track import clocks, states
from app.desk.track.proposals.models import Proposal

WAITING = ("submitted", "evaluating")


def days_waiting(proposal: Proposal, today: date) -> int | None:
    """Whole days since it was sent, or sent again; None while no clock runs."""
    began_on = asked_on(proposal)
    return clocks.days_since(began_on, today) if began_on and proposal.state in WAITING else None


def days_late(proposal: Proposal, today: date) -> int:
    """Whole days after the answer was due, 0 before."""
    runs = proposal.answer_due is not None and days_waiting(proposal, today) is not None
    return clocks.days_late(proposal.answer_due, today) if runs and proposal.answer_due else 0


def asked_on(proposal: Proposal) -> date | None:
    """The day from which its clock runs."""
    return proposal.asked_again_on or proposal.submitted_on


def waited(proposal: Proposal, today: date) -> str:
    """The public clock as a sentence; '' where none runs."""
    days, late = days_waiting(proposal, today), days_late(proposal, today)
    if days is None:
        return ""
    sentence: str = ngettext("Waiting for an answer: %(num)s day.", "Waiting for an answer: %(num)s days.", days)
    if late:
        sentence += " " + ngettext("It is %(num)s day late.", "It is %(num)s days late.", late)
    return sentence


def stands(proposal: Proposal) -> str:
    """How far it is, in a word or two."""
    word: str = _(states.WORDS[proposal.state])
    return word
