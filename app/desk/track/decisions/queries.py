"""Statements about the decisions at a gate, and what must be weighed there."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.phases.models import Phase
from app.desk.track.research.models import Research


def at_gate(key: str) -> Sequence[Decision]:
    """The decisions of a phase, by number, but for those entered by mistake."""
    found = select(Decision).where(Decision.phase_key == key, Decision.state != "dropped")
    return db.session.scalars(found.order_by(Decision.number)).all()


def findings_out(key: str) -> Sequence[Finding]:
    """The findings that a decision of a phase weighs, by number: those of the phase, and those without a phase."""
    found = select(Finding).where(_falls_to(Finding.phase, key), Finding.state == "published")
    return db.session.scalars(found.order_by(Finding.number)).all()


def research_out(key: str) -> Sequence[Research]:
    """The research that a decision of a phase weighs, be it that none was received, by number."""
    found = select(Research).where(_falls_to(Research.phase_key, key), Research.state == "published")
    return db.session.scalars(found.order_by(Research.number)).all()


def _falls_to(phase: InstrumentedAttribute[str | None], key: str) -> ColumnElement[bool]:
    """Of the phase or, until the phase is decided, of none: what no phase is about must be weighed all the same."""
    cancelled = select(Phase.key).where(Phase.state == "cancelled")
    is_undecided = select(Phase.key).where(Phase.key == key, Phase.state.in_(("open", "closed"))).exists()
    return or_(phase == key, and_(or_(phase.is_(None), phase.in_(cancelled)), is_undecided))
