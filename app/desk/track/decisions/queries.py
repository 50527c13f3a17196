"""Statements about the decisions at a gate, and what must be weighed there."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.research.models import Research


def at_gate(key: str) -> Sequence[Decision]:
    """The decisions of a phase, by number."""
    return db.session.scalars(select(Decision).where(Decision.phase_key == key).order_by(Decision.number)).all()


def findings_out(key: str) -> Sequence[Finding]:
    """The findings published in a phase, by number."""
    found = select(Finding).where(Finding.phase == key, Finding.state == "published")
    return db.session.scalars(found.order_by(Finding.number)).all()


def research_out(key: str) -> Sequence[Research]:
    """The research published in a phase, be it that none was received, by number."""
    found = select(Research).where(Research.phase_key == key, Research.state == "published")
    return db.session.scalars(found.order_by(Research.number)).all()
