"""Statements about research."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.core import db
from app.desk.track.findings.models import Finding
from app.desk.track.research.models import Research, ResearchFile


def research(number: int, *, to_change: bool = False) -> Research | None:
    """One piece of research; `to_change` holds others off until the commit."""
    return db.db.session.get(Research, number, with_for_update={"of": Research} if to_change else None)


def all_in(states: Iterable[str]) -> Sequence[Research]:
    """Research in these states, newest first."""
    found = select(Research).where(Research.state.in_(states)).order_by(Research.number.desc())
    return db.db.session.scalars(found).all()


def of_phase(key: str) -> Sequence[Research]:
    """The research of a phase, what was asked for in vain among it, oldest first."""
    found = select(Research).where(Research.phase_key == key).order_by(Research.number)
    return db.db.session.scalars(found).all()


def file(number: int) -> bytes | None:
    """The file of a piece of research."""
    found = select(ResearchFile.content).where(ResearchFile.research_number == number)
    return db.db.session.scalar(found)


def findings() -> Sequence[Finding]:
    """The findings that research is laid beside: signed or public."""
    found = select(Finding).where(Finding.state.in_(("signed", "published"))).order_by(Finding.number)
    return db.db.session.scalars(found).all()
