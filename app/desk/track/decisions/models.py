"""Tables of decisions, of what they answer, and of what was weighed for them."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.phases.models import Phase
from app.desk.track.proposals.models import Proposal
from app.surveys.models import one_of

SHORTEST_REASON = 40
OUTCOMES = ("continue", "adjust", "stop", "more_input")


decision_proposal = Table(
    "decision_proposal",
    Model.metadata,
    Column("decision", ForeignKey("decision.number", ondelete="CASCADE"), primary_key=True),
    Column("proposal", ForeignKey("proposal.number"), primary_key=True),
)


decision_writer = Table(
    "decision_writer",
    Model.metadata,
    Column("decision_number", ForeignKey("decision.number", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ID, ForeignKey(User.id), primary_key=True),
)
"""Everybody who wrote what a decision says: none of them confirms it."""


class Decision(Model):
    """What was decided and why; the words it is told back in are in `telling`."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("state", tuple(states.DECISION)),
        one_of("outcome", OUTCOMES),
        CheckConstraint(f"length(trim(reason)) >= {SHORTEST_REASON}", name="reason"),
        CheckConstraint("entered_by_id <> confirmed_by_id", name="two_people"),
        CheckConstraint("(state IN ('taken', 'published')) = (confirmed_by_id IS NOT NULL)", name="confirmed"),
        CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published"),
        # What was public before there were phases has none.
        CheckConstraint("state <> 'taken' OR phase_key IS NOT NULL", name="phase"),
        CheckConstraint("corrects_number < number", name="corrects"),
        CheckConstraint("(state = 'dropped') = (length(trim(dropped_because)) > 0)", name="dropped"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    version: Mapped[int] = mapped_column(default=1)
    phase_key: Mapped[str | None] = mapped_column(ForeignKey(Phase.key))
    corrects_number: Mapped[int | None] = mapped_column(ForeignKey("decision.number"))
    """The published decision that this one puts right."""
    outcome: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    minority: Mapped[str | None] = mapped_column(Text)
    """What those who disagreed said, where somebody did: shown as large as the reason."""
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(80))
    published_on: Mapped[date | None]
    """From this day on everybody may know it, and people wait to be told what came of what they said."""
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    """Why it was never to be confirmed; its number stays taken."""
    entered_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    confirmed_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    entered_by: Mapped[User] = relationship(foreign_keys=entered_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
    writers: Mapped[list[User]] = relationship(secondary=decision_writer)
    phase: Mapped[Phase | None] = relationship()
    weighed: Mapped[list["Weighed"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="Weighed.position"
    )
    proposals: Mapped[list[Proposal]] = relationship(
        secondary=decision_proposal, back_populates="decisions", order_by=Proposal.number
    )

    @property
    def code(self) -> str:
        """B2, as the public knows it."""
        return f"B{self.number}"

    @property
    def corrects(self) -> str:
        """The code of the decision it puts right, or ''."""
        return f"B{self.corrects_number}" if self.corrects_number else ""

    @property
    def considered(self) -> list[str]:
        """The codes of what was weighed and counted."""
        return [one.code for one in self.weighed if one.reason is None]

    @property
    def set_aside(self) -> list["Weighed"]:
        """What was weighed and set aside, each with its reason."""
        return [one for one in self.weighed if one.reason is not None]


class Weighed(Model):
    """A finding or a piece of research at a decision: considered, or set aside for a reason of its own."""

    __tablename__ = "decision_weighed"
    __table_args__ = (
        CheckConstraint(f"length(trim(reason)) >= {SHORTEST_REASON}", name="reason"),
        UniqueConstraint("decision_number", "reason"),
    )

    decision_number: Mapped[int] = mapped_column(ForeignKey(Decision.number, ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    """U5 or R1: in one list only, since it can stand here once."""
    position: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was set aside; none, if it was considered. No two of a decision are the same."""
