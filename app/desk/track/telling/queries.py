"""Statements about what is told back, and about the chain it stands on."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from app.core import db
from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.telling.models import Telling


def of(code: str, states: Collection[str], *, to_change: bool = False) -> Sequence[Telling]:
    """The wordings of one decision or action in these states; `to_change` holds others off until the commit."""
    found = select(Telling).where(Telling.about == code, Telling.state.in_(states)).order_by(Telling.id)
    return db.db.session.scalars(found.with_for_update() if to_change else found).all()


def in_states(states: Collection[str]) -> Sequence[Telling]:
    """Every wording in these states."""
    found = select(Telling).where(Telling.state.in_(states)).order_by(Telling.about, Telling.id)
    return db.db.session.scalars(found).all()


def told_on(code: str, since: date) -> date | None:
    """The first day since then on which it was told in Danish on the web, where everybody can read it."""
    found = select(func.min(Telling.live_on)).where(Telling.about == code, Telling.live_on >= since)
    return db.db.session.scalar(found.where(Telling.channel == "web", Telling.lang == "da"))


def decision(number: int) -> Decision | None:
    """One decision."""
    return db.db.session.get(Decision, number)


def action(number: int) -> Action | None:
    """One action."""
    return db.db.session.get(Action, number)


def public_decisions() -> Sequence[Decision]:
    """Decisions that everybody may know, newest first."""
    found = select(Decision).where(Decision.state == "published").order_by(Decision.number.desc())
    return db.db.session.scalars(found).all()


def ended_actions() -> Sequence[Action]:
    """Actions that were done or dropped, newest first."""
    found = select(Action).where(Action.ended_on.is_not(None)).order_by(Action.number.desc())
    return db.db.session.scalars(found).all()
