"""Tables of decisions, and of what they answer."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.proposals.models import Proposal
from app.surveys.models import one_of

SHORTEST_REASON = 40
OUTCOMES = ("continue", "adjust", "stop", "more_input")
TOLD_OUTCOMES = ("did", "did_not")


decision_proposal = Table(
    "decision_proposal",
    Model.metadata,
    Column("decision", ForeignKey("decision.number", ondelete="CASCADE"), primary_key=True),
    Column("proposal", ForeignKey("proposal.number"), primary_key=True),
)


class Decision(Model):
    """What was decided and why, and the words it is told back in."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("state", tuple(states.DECISION)),
        one_of("outcome", OUTCOMES),
        one_of("told_outcome", TOLD_OUTCOMES),
        CheckConstraint(f"length(trim(reason)) >= {SHORTEST_REASON}", name="reason"),
        CheckConstraint("entered_by_id <> confirmed_by_id", name="two_people"),
        CheckConstraint("(state IN ('taken', 'published')) = (confirmed_by_id IS NOT NULL)", name="confirmed"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    version: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(80))
    theme: Mapped[str] = mapped_column(String(12))
    told_outcome: Mapped[str] = mapped_column(String(7))
    said_da: Mapped[str] = mapped_column(Text)
    said_en: Mapped[str] = mapped_column(Text)
    told_da: Mapped[str] = mapped_column(Text)
    told_en: Mapped[str] = mapped_column(Text)
    entered_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    confirmed_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    entered_by: Mapped[User] = relationship(foreign_keys=entered_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
    proposals: Mapped[list[Proposal]] = relationship(
        secondary=decision_proposal, back_populates="decisions", order_by=Proposal.number
    )

    @property
    def code(self) -> str:
        """B2, as the public knows it."""
        return f"B{self.number}"
