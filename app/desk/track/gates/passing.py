"""A phase passes its gate: decided when every point is in order, its result told when nobody waits to hear of it."""

from datetime import date

from flask_babel import gettext as _

from app.desk.track import states
from app.desk.track.decisions import queries as decisions
from app.desk.track.dossiers import queries as dossiers
from app.desk.track.gates import gate, in_public, queries
from app.desk.track.gates.gate import GateRefused
from app.desk.track.phases.models import Phase
from app.desk.track.telling import queries as tellings


def decide(phase: Phase, today: date) -> None:
    """Decided: a second person has confirmed a decision, and every point is met or explained. The gate is kept so."""
    states.allow(phase, states.PHASE, "decided")
    if not any(one.state in ("taken", "published") for one in decisions.at_gate(phase.key)):
        raise GateRefused(_("There is no decision yet that a second person has confirmed."))
    stood = gate.stands(phase, today)
    gate.refuse_open(stood)
    phase.gate_stood, phase.decided_on = in_public.told(stood), today
    _move(phase, "decided")


def publish_result(phase: Phase, today: date) -> None:
    """The result is told: decisions are public, their dossier is out, and what came of it is told where it was said."""
    states.allow(phase, states.PHASE, "result_published")
    if waiting := [one.code for one in decisions.at_gate(phase.key) if one.state == "taken"]:
        raise GateRefused(_("Not published yet: %(codes)s.", codes=", ".join(waiting)))
    if not any(one.state == "published" for one in dossiers.of_phase(phase.key)):
        raise GateRefused(_("The dossier of the phase must be published first."))
    if silent := untold(phase):
        raise GateRefused(_("Nobody has been told yet what came of %(codes)s.", codes=", ".join(silent)))
    phase.result_on = today
    _move(phase, "result_published")


def untold(phase: Phase) -> list[str]:
    """The decisions and the ended actions of the phase that are not told back yet."""
    ended = [(one.code, one.ended_on) for one in queries.actions(phase.key) if one.ended_on]
    public = [(one.code, one.decided_on) for one in decisions.at_gate(phase.key) if one.state == "published"]
    return [code for code, since in (*public, *ended) if tellings.told_on(code, since) is None]


def _move(phase: Phase, to: str) -> None:
    states.move(phase, states.PHASE, to)
    phase.version += 1
