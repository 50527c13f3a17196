"""Statements about what is told back, and about the chain it stands on."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, select
from sqlalchemy.orm import lazyload

from app.core import db
from app.desk.accounts.models import User
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


def untold_decisions() -> Sequence[Decision]:
    """Public decisions that nobody has told in Danish on the web since, oldest first."""
    told = _is_told("B", Decision.number, Decision.published_on)
    found = select(Decision).where(Decision.published_on.is_not(None), ~told).order_by(Decision.number)
    return db.db.session.scalars(found).all()


def untold_actions() -> Sequence[Action]:
    """Actions that have ended and that nobody has told of in Danish on the web since, oldest first."""
    told = _is_told("A", Action.number, Action.ended_on)
    found = select(Action).where(Action.ended_on.is_not(None), ~told).order_by(Action.number)
    return db.db.session.scalars(found).all()


def decision(number: int) -> Decision | None:
    """One decision."""
    return db.db.session.get(Decision, number)


def action(number: int) -> Action | None:
    """One action."""
    return db.db.session.get(Action, number)


def public_decisions() -> Sequence[Decision]:
    """Decisions that everybody may know, newest first."""
    found = select(Decision).where(Decision.state == "published").order_by(Decision.number.desc())
    return db.db.session.scalars(found.options(lazyload("*"))).all()


def ended_actions() -> Sequence[Action]:
    """Actions that were done or dropped, newest first."""
    found = select(Action).where(Action.ended_on.is_not(None)).order_by(Action.number.desc())
    return db.db.session.scalars(found.options(lazyload("*"))).all()


def _is_told(letter: str, number: Any, since: Any) -> ColumnElement[bool]:
    code = literal(letter).concat(cast(number, String))
    return exists().where(
        Telling.about == code, Telling.channel == "web", Telling.lang == "da", Telling.live_on >= since
    )


def first_names() -> frozenset[str]:
    """The first names of everybody who works here or did, as they are called at the desk."""
    called = db.db.session.scalars(select(User.display_name))
    return frozenset(name.split()[0] for name in called if name.split())
