"""Tables of proposals, and of what they stand on."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.findings.models import Finding
from app.desk.track.research.models import Research
from app.surveys.models import one_of

if TYPE_CHECKING:
    from app.desk.track.decisions.models import Decision

SHORTEST_ANSWER = 100
"""Characters of an answer that is not a plain yes."""
RECIPIENTS = ("ministry", "region", "municipality", "two_municipalities", "site_owner", "ngo", "council")


proposal_finding = Table(
    "proposal_finding",
    Model.metadata,
    Column("proposal", ForeignKey("proposal.number", ondelete="CASCADE"), primary_key=True),
    Column("finding", ForeignKey("finding.number"), primary_key=True),
)
proposal_research = Table(
    "proposal_research",
    Model.metadata,
    Column("proposal", ForeignKey("proposal.number", ondelete="CASCADE"), primary_key=True),
    Column("research", ForeignKey(Research.number), primary_key=True),
)


class Proposal(Model):
    """What we ask for, of one named recipient, on the ground of findings."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("state", tuple(states.PROPOSAL)),
        one_of("recipient", RECIPIENTS),
        CheckConstraint("length(trim(ask)) > 0", name="ask"),
        CheckConstraint("length(trim(recipient_name)) > 0", name="recipient_name"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR submitted_on IS NOT NULL AND answer_due IS NOT NULL", name="clock"
        ),
        CheckConstraint("answer_due > submitted_on", name="answer_due"),
        CheckConstraint("state <> 'withdrawn' OR length(trim(withdrawn_because)) > 0", name="withdrawn"),
        CheckConstraint("principle BETWEEN 1 AND 10", name="principle"),
        CheckConstraint(
            f"(state IN {states.ANSWERS}) = (answered_on IS NOT NULL AND length(trim(answered_by)) > 0)",
            name="answered",
        ),
        CheckConstraint(
            f"state NOT IN ('partly_accepted', 'rejected') OR length(trim(answer)) >= {SHORTEST_ANSWER}", name="answer"
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(16), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    ask: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(String(20))
    recipient_name: Mapped[str] = mapped_column(String(120))
    initiative: Mapped[str | None] = mapped_column(String(40))
    submitted_on: Mapped[date | None]
    answer_due: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    principle: Mapped[int | None]
    """One of the ten (app/desk/track/principles.py)."""
    is_trial: Mapped[bool] = mapped_column(default=False)
    """Asks that something is tried for a time (prøvehandling)."""
    asked_again_on: Mapped[date | None]
    """When its last answer was sent back: the clock runs from here."""
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_on: Mapped[date | None]
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    author: Mapped[User] = relationship(foreign_keys=author_id)
    findings: Mapped[list[Finding]] = relationship(secondary=proposal_finding, order_by=Finding.number)
    research: Mapped[list[Research]] = relationship(secondary=proposal_research, order_by=Research.number)
    former_answers: Mapped[list["FormerAnswer"]] = relationship(
        cascade="all, delete-orphan", order_by="FormerAnswer.number"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        secondary="decision_proposal", back_populates="proposals", order_by="Decision.number"
    )

    @property
    def code(self) -> str:
        """F3, as the public knows it."""
        return f"F{self.number}"


class FormerAnswer(Model):
    """An answer that was not the last word: what it said, and why the question was asked again."""

    __tablename__ = "former_answer"
    __table_args__ = (
        one_of("state", states.ANSWERS),
        CheckConstraint("length(trim(reopened_because)) > 0", name="reopened"),
    )

    proposal_number: Mapped[int] = mapped_column(ForeignKey(Proposal.number, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1, in the order they were given."""
    state: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[str] = mapped_column(String(120))
    answered_on: Mapped[date]
    reopened_on: Mapped[date]
    reopened_because: Mapped[str] = mapped_column(Text)
