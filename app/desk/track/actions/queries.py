"""Statements about actions."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from app.core import db
from app.desk.accounts.models import User
from app.desk.track import states as steps
from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.proposals.models import Proposal


def action(number: int, *, to_change: bool = False) -> Action | None:
    """One action; `to_change` holds others off until the commit."""
    return db.db.session.get(Action, number, with_for_update={"of": Action} if to_change else None)


def all_in(states: Iterable[str]) -> Sequence[Action]:
    """Actions in these states, what is due first above."""
    found = select(Action).where(Action.state.in_(states)).order_by(Action.due, Action.number)
    return db.db.session.scalars(found).all()


def of_place(site_code: str, states: Iterable[str]) -> Sequence[Action]:
    """The actions of one place, what is due first above."""
    found = select(Action).where(Action.site_code == site_code, Action.state.in_(states))
    return db.db.session.scalars(found.order_by(Action.due, Action.number)).all()


def decisions() -> Sequence[Decision]:
    """What an action can carry out: decisions that are public."""
    return db.db.session.scalars(
        select(Decision).where(Decision.state == "published").order_by(Decision.number.desc())
    ).all()


def proposals() -> Sequence[Proposal]:
    """What an action can carry out: proposals with a yes, or a yes in part."""
    found = select(Proposal).where(Proposal.state.in_(steps.ANSWERS[:2])).order_by(Proposal.number.desc())
    return db.db.session.scalars(found).all()


def somebody_outside(site_code: str | None, roles: Iterable[str], *, but: bytes | None) -> bool:
    """Whether somebody who works here now, has one of these roles, is not `but`, and does not belong to the owner:
    to the place of this code or, where there is none, to the Council."""
    is_outside = User.role != "council" if site_code is None else User.site_code.is_distinct_from(site_code)
    found = exists().where(User.is_active, User.role.in_(list(roles)), User.id != but, is_outside)
    return bool(db.db.session.scalar(select(found)))
