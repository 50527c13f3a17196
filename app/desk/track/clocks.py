"""Clocks of the track: whole days in Copenhagen from what began to when it is due. Nothing finer is kept.

Days are dates, so neither summer time nor New Year nor a week 53 can make one longer.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.i18n import N_

ANSWER = timedelta(days=56)
"""From the day a proposal is sent, unless another day was set."""
TOLD_BACK = timedelta(days=14)
"""From the day an action is done or dropped, or a decision is published."""
PEERS = timedelta(days=14)
"""From the day peers are invited to read a finding."""
NAMES = {
    "answer": N_("Answer to a proposal"),
    "decision": N_("Decision of a phase"),
    "result": N_("Result of a phase"),
    "action": N_("Action"),
    "told_back": N_("Telling people what came of it"),
    "peers": N_("Peers read a finding"),
    "verdict": N_("Answer to a peer"),
    "release": N_("Release of a period"),
}
PUBLIC = ("answer", "decision", "result", "action")
"""The clocks everybody can see; the others are for those who work on the track."""


@dataclass(frozen=True)
class Clock:
    """One clock that runs: what is due (a key of NAMES), about what ('' where its name says it), owed by whom, when."""

    kind: str
    code: str
    about: str
    due_on: date
    began_on: date | None = None
    owed_by: str = ""

    def days_late(self, today: date) -> int:
        """Whole days after it was due, 0 before."""
        return days_late(self.due_on, today)


def days_since(began_on: date, today: date) -> int:
    """Whole days since a day: 0 on the day itself and before it."""
    return max((today - began_on).days, 0)


def days_late(due_on: date, today: date) -> int:
    """Whole days after the day it was due: 0 on the day itself and before it."""
    return max((today - due_on).days, 0)


def stands(due_on: date, today: date) -> str:
    """How a clock stands, in one sentence."""
    late, left = days_late(due_on, today), (due_on - today).days
    if late:
        sentence: str = ngettext("It is %(num)s day late.", "It is %(num)s days late.", late)
        return sentence
    if left == 0:
        today_is_the_day: str = _("It is due today.")
        return today_is_the_day
    in_time: str = ngettext("There is %(num)s day left.", "There are %(num)s days left.", left)
    return in_time
