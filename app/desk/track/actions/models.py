"""Tables of actions, of their milestones, and of what shows that they were done."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.decisions.models import Decision
from app.desk.track.proposals.models import RECIPIENTS, Proposal
from app.surveys.models import one_of

LONGEST_TITLE = 200
LONGEST_LINE = 300


class Action(Model):
    """Something somebody does by a day, because of a decision or of a yes to a proposal."""

    __tablename__ = "action"
    __table_args__ = (
        one_of("state", tuple(states.ACTION)),
        one_of("owner_kind", RECIPIENTS),
        CheckConstraint("length(trim(title)) > 0", name="title"),
        CheckConstraint("length(trim(owner)) > 0", name="owner"),
        CheckConstraint("decision_number IS NOT NULL OR proposal_number IS NOT NULL", name="carries_out"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("state IN ('planned', 'dropped') OR started_on IS NOT NULL", name="started"),
        CheckConstraint("set_by_id <> checked_by_id", name="two_people"),
        CheckConstraint(
            "state <> 'done' OR (progress = 100 AND set_by_id IS NOT NULL AND checked_by_id IS NOT NULL)", name="done"
        ),
        CheckConstraint("(state IN ('done', 'dropped')) = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("(state = 'dropped') = (length(trim(dropped_because)) > 0)", name="dropped"),
        CheckConstraint(
            "NOT is_trial OR state NOT IN ('done', 'dropped') OR length(trim(result)) > 0", name="trial_has_a_result"
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(8), default="planned")
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    owner: Mapped[str] = mapped_column(String(120))
    owner_kind: Mapped[str] = mapped_column(String(20))
    site_code: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    """The place that does it, if it is one of ours: its staff may show what was done."""
    decision_number: Mapped[int | None] = mapped_column(ForeignKey(Decision.number))
    proposal_number: Mapped[int | None] = mapped_column(ForeignKey(Proposal.number))
    due: Mapped[date]
    is_trial: Mapped[bool] = mapped_column(default=False)
    """Tried for a time (prøvehandling): it ends on its day and tells what came of it, either way."""
    progress: Mapped[int] = mapped_column(default=0)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """The day it was done or dropped."""
    set_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    """Who said how far it is."""
    checked_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    """Who has seen with their own eyes that it is done."""
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    reopened_because: Mapped[str] = mapped_column(Text, default="")
    """Why it was not done after all, the last time somebody said so."""
    result: Mapped[str] = mapped_column(Text, default="")
    """What a trial showed."""
    set_by: Mapped[User | None] = relationship(foreign_keys=set_by_id)
    checked_by: Mapped[User | None] = relationship(foreign_keys=checked_by_id)
    decision: Mapped[Decision | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(cascade="all, delete-orphan", order_by="Milestone.number")
    evidence: Mapped[list["Evidence"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="Evidence.number"
    )

    @property
    def code(self) -> str:
        """A7, as the public knows it."""
        return f"A{self.number}"


class Milestone(Model):
    """A step on the way, and the day it was reached."""

    __tablename__ = "action_milestone"
    __table_args__ = (CheckConstraint("length(trim(text)) > 0", name="text"),)

    action_number: Mapped[int] = mapped_column(ForeignKey(Action.number, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(LONGEST_LINE))
    done_on: Mapped[date | None]


class Evidence(Model):
    """What shows that something was done: words, and a link where there is one."""

    __tablename__ = "action_evidence"
    __table_args__ = (CheckConstraint("length(trim(text)) > 0", name="text"),)

    action_number: Mapped[int] = mapped_column(ForeignKey(Action.number, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(LONGEST_LINE))
    link: Mapped[str] = mapped_column(String(400), default="")
    given_on: Mapped[date]
    given_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    shown_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    """Who lets everybody read it: what a place says of itself is looked at by the council first."""
    given_by: Mapped[User] = relationship(foreign_keys=given_by_id)
