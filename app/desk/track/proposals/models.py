"""Tables of proposals, and of what they stand on."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.findings.models import Finding
from app.surveys.models import one_of

if TYPE_CHECKING:
    from app.desk.track.decisions.models import Decision

RECIPIENTS = ("ministry", "region", "municipality", "two_municipalities", "site_owner", "ngo", "council")


proposal_finding = Table(
    "proposal_finding",
    Model.metadata,
    Column("proposal", ForeignKey("proposal.number", ondelete="CASCADE"), primary_key=True),
    Column("finding", ForeignKey("finding.number"), primary_key=True),
)


class Proposal(Model):
    """What we ask for, of one named recipient, on the ground of findings."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("state", tuple(states.PROPOSAL)),
        one_of("recipient", RECIPIENTS),
        CheckConstraint("length(trim(ask)) > 0", name="ask"),
        CheckConstraint("length(trim(recipient_name)) > 0", name="recipient_name"),
        CheckConstraint("state <> 'submitted' OR submitted_on IS NOT NULL AND answer_due IS NOT NULL", name="clock"),
        CheckConstraint("answer_due > submitted_on", name="answer_due"),
        CheckConstraint("state <> 'withdrawn' OR length(trim(withdrawn_because)) > 0", name="withdrawn"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    ask: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(String(20))
    recipient_name: Mapped[str] = mapped_column(String(120))
    initiative: Mapped[str | None] = mapped_column(String(40))
    submitted_on: Mapped[date | None]
    answer_due: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    author: Mapped[User] = relationship(foreign_keys=author_id)
    findings: Mapped[list[Finding]] = relationship(secondary=proposal_finding, order_by=Finding.number)
    decisions: Mapped[list["Decision"]] = relationship(
        secondary="decision_proposal", back_populates="proposals", order_by="Decision.number"
    )

    @property
    def code(self) -> str:
        """F3, as the public knows it."""
        return f"F{self.number}"
