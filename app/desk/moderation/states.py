"""What may become of a text: its states, the steps between them, the reasons a person may give."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.i18n import N_

SEALED = "sealed"
WAITING = "waiting"
HELD = "held"
APPROVED = "approved"
APPROVED_MASKED = "approved_masked"
REJECTED = "rejected"
ESCALATED = "escalated"
WITHDRAWN = "withdrawn"
PURGED = "purged"

READABLE = (APPROVED, APPROVED_MASKED)
UNDECIDED = (WAITING, HELD)
_GONE = {WITHDRAWN, PURGED}
_DECISIONS = {APPROVED, APPROVED_MASKED, REJECTED, ESCALATED}
STEPS: dict[str, set[str]] = {
    SEALED: {WAITING} | _GONE,
    WAITING: {HELD} | _DECISIONS | _GONE,
    HELD: {WAITING} | _DECISIONS | _GONE,
    APPROVED: {APPROVED_MASKED, WAITING, ESCALATED} | _GONE,
    APPROVED_MASKED: {APPROVED_MASKED, WAITING, ESCALATED} | _GONE,
    REJECTED: {WAITING} | _GONE,
    ESCALATED: {WAITING, REJECTED} | _GONE,
    WITHDRAWN: set(),
    PURGED: set(),
}
STATES = tuple(STEPS)

HOLD_REASONS = {
    "needs_language": N_("Another language: someone else must read it"),
    "second_opinion": N_("I want a second opinion"),
    "unclear": N_("I do not understand what is meant"),
}
REJECT_REASONS = {
    "spam": N_("Spam or advertising"),
    "empty": N_("Empty: a test or keyboard noise"),
    "duplicate": N_("The very same message sent twice"),
    "not_feedback": N_("Not feedback: a plea to one named person"),
    "privacy_of_others": N_("About other people, and cannot be masked enough"),
    "hate": N_("Hate: an attack, nothing about the place"),
    "harm": N_("Could hurt someone if it is kept"),
    "other": N_("Something else (say why)"),
}
NEED_SECOND = frozenset({"hate", "harm", "other"})
"""Reasons that take effect when a second moderator agrees."""


def _one_of(keys: Iterable[str]) -> str:
    return f"({', '.join(repr(key) for key in keys)})"


RULES = {
    "held": f"state <> 'held' OR reason IN {_one_of(HOLD_REASONS)}",
    "rejected": f"state <> 'rejected' OR reason IN {_one_of(REJECT_REASONS)}",
    "waiting": f"state <> 'waiting' OR reason IS NULL OR reason IN {_one_of(sorted(NEED_SECOND))}",
    "approved": f"state NOT IN {_one_of(READABLE)} OR (reason IS NULL AND decided_by IS NOT NULL)",
    "agreed": f"state <> 'rejected' OR reason NOT IN {_one_of(sorted(NEED_SECOND))} OR agreed_by IS NOT NULL",
}
"""What the database holds a text to, whoever writes: name of the CHECK → condition."""
KEEP_REASONS = {
    "wrongly_masked": N_("It is not what the mark says"),
    "place_matters": N_("The place matters for what is said"),
}
LOOK_REASONS = {
    "to_understand": N_("To understand the sentence"),
    "wrongly_masked": N_("It may be masked by mistake"),
    "safeguarding": N_("Worried for someone's safety"),
}


class NotAllowed(Refusal):
    """A step that no text in this state can take."""


def before(after: str) -> tuple[str, ...]:
    """The states a text may come from; one that is being read may also stay where it is while something changes."""
    staying = {after} if after in UNDECIDED else set()
    return tuple(state for state, steps in STEPS.items() if after in steps or state in staying)


def check(before: str, after: str) -> None:
    """Raise NotAllowed unless a text may go from one state to the other."""
    if after not in STEPS[before]:
        raise NotAllowed(_("That is not possible any more: the text has already been dealt with."))
