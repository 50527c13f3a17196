"""Statements about what belongs to a phase, and why points of its gate are not met."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select

from app.core.db import db
from app.desk.moderation import states as reading
from app.desk.moderation.models import Statement, Tagging, TextItem
from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.phases.models import GateReason
from app.desk.track.proposals.models import Proposal
from app.desk.track.research.models import Research


def gate_reasons(key: str) -> Sequence[GateReason]:
    """Why points of this gate are not met."""
    found = select(GateReason).where(GateReason.phase_key == key).order_by(GateReason.point)
    return db.session.scalars(found).all()


def gate_reason(key: str, point: int) -> GateReason | None:
    """Why this point is not met, if somebody wrote it."""
    return db.session.get(GateReason, (key, point))


def findings(key: str) -> Sequence[Finding]:
    """The findings of a phase, by number."""
    return db.session.scalars(select(Finding).where(Finding.phase == key).order_by(Finding.number)).all()


def research(key: str) -> Sequence[Research]:
    """The research registered for a phase, by number."""
    return db.session.scalars(select(Research).where(Research.phase_key == key).order_by(Research.number)).all()


def proposals(key: str) -> Sequence[Proposal]:
    """The proposals that stand on a finding of a phase, by number."""
    found = select(Proposal).where(Proposal.findings.any(Finding.phase == key)).order_by(Proposal.number)
    return db.session.scalars(found).all()


def decisions(key: str) -> Sequence[Decision]:
    """The decisions at the gate of a phase, by number, but for those entered by mistake."""
    found = select(Decision).where(Decision.phase_key == key, Decision.state != "dropped")
    return db.session.scalars(found.order_by(Decision.number)).all()


def actions(key: str) -> Sequence[Action]:
    """What is done because of a decision of the phase, or of a yes to one of its proposals, by number."""
    decided = Action.decision.has(Decision.phase_key == key)
    asked = Action.proposal.has(Proposal.findings.any(Finding.phase == key))
    return db.session.scalars(select(Action).where(or_(decided, asked)).order_by(Action.number)).all()


def statements(weeks: Collection[str]) -> int:
    """How many texts of these weeks are approved."""
    found = select(func.count()).select_from(Statement).where(Statement.week.in_(list(weeks)), _is_readable())
    return db.session.scalar(found) or 0


def coded_twice(weeks: Collection[str]) -> Sequence[bytes]:
    """The approved texts of these weeks that two people have coded."""
    twice = Statement.id.in_(select(Tagging.statement_id).where(Tagging.round == "second"))
    found = select(Statement.id).where(Statement.week.in_(list(weeks)), _is_readable(), twice)
    return db.session.scalars(found.order_by(Statement.id)).all()


def _is_readable() -> ColumnElement[bool]:
    return Statement.answer_id.in_(select(TextItem.answer_id).where(TextItem.state.in_(reading.READABLE)))
