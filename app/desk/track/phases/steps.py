"""A phase opens, closes, or is cancelled. What follows its closing is decided at the gate (gates/passing)."""

from datetime import date

from flask_babel import gettext as _

from app.core import i18n
from app.core.errors import Refusal
from app.desk.track import public_words, states
from app.desk.track.phases.models import DATES, Phase
from app.publication.formats import wording


class PhaseRefused(Refusal):
    """What a phase lacks for its next step."""


def open_(phase: Phase, today: date) -> None:
    """We listen from today on: the four days are promised, and from now on only moved with a reason."""
    states.allow(phase, states.PHASE, "open")
    if any(getattr(phase, name) is None for name in DATES):
        raise PhaseRefused(_("Set all four days first: they are what people are promised."))
    if phase.opens_on and today < phase.opens_on:
        raise PhaseRefused(_("The phase opens on %(day)s.", day=wording.day(phase.opens_on, i18n.current())))
    _move(phase, "open")


def close(phase: Phase, today: date) -> None:
    """The listening ends, on its last day at the earliest. Nothing that was said is deleted."""
    states.allow(phase, states.PHASE, "closed")
    if phase.closes_on and today < phase.closes_on:
        day = wording.day(phase.closes_on, i18n.current())
        raise PhaseRefused(_("People are promised that we listen until %(day)s.", day=day))
    _move(phase, "closed")


def cancel(phase: Phase, reason: str) -> None:
    """Not carried through; everybody can read why."""
    states.allow(phase, states.PHASE, "cancelled")
    if not reason.strip():
        raise PhaseRefused(_("Write why the phase is cancelled. Everybody can read it."))
    public_words.check(reason)
    phase.cancelled_because = reason.strip()
    _move(phase, "cancelled")


def _move(phase: Phase, to: str) -> None:
    states.move(phase, states.PHASE, to)
    phase.version += 1
