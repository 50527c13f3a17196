"""Tables of the track: findings, proposals, decisions, and what each of them stands on."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.surveys.models import one_of

LONGEST_CLAIM = 200
SHORTEST_REASON = 40
RECIPIENTS = ("ministry", "region", "municipality", "two_municipalities", "site_owner", "ngo", "council")
OUTCOMES = ("continue", "adjust", "stop", "more_input")
TOLD_OUTCOMES = ("did", "did_not")

proposal_finding = Table(
    "proposal_finding",
    Model.metadata,
    Column("proposal", ForeignKey("proposal.number", ondelete="CASCADE"), primary_key=True),
    Column("finding", ForeignKey("finding.number"), primary_key=True),
)
decision_proposal = Table(
    "decision_proposal",
    Model.metadata,
    Column("decision", ForeignKey("decision.number", ondelete="CASCADE"), primary_key=True),
    Column("proposal", ForeignKey("proposal.number"), primary_key=True),
)


class Finding(Model):
    """What people told us, in one sentence: which theme, which period, how many, and what speaks against."""

    __tablename__ = "finding"
    __table_args__ = (
        one_of("state", tuple(states.FINDING)),
        CheckConstraint(f"length(claim) BETWEEN 1 AND {LONGEST_CLAIM}", name="claim"),
        CheckConstraint("author_id <> signer_id", name="two_people"),
        CheckConstraint("(state IN ('signed', 'published')) = (signer_id IS NOT NULL)", name="signed"),
        CheckConstraint("state NOT IN ('signed', 'published') OR length(trim(counter_evidence)) > 0", name="counter"),
        CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published"),
        CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name="dropped"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    """One more at each change of the words: who signs, signs the words that were read."""
    theme: Mapped[str] = mapped_column(String(12))
    period: Mapped[str] = mapped_column(String(8))
    claim: Mapped[str] = mapped_column(String(LONGEST_CLAIM))
    body: Mapped[str] = mapped_column(Text, default="")
    counter_evidence: Mapped[str] = mapped_column(Text, default="")
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    signer_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    published_on: Mapped[date | None]
    author: Mapped[User] = relationship(foreign_keys=author_id)
    signer: Mapped[User | None] = relationship(foreign_keys=signer_id)

    @property
    def code(self) -> str:
        """U5, as the public knows it."""
        return f"U{self.number}"


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
        secondary=decision_proposal, back_populates="proposals", order_by="Decision.number"
    )

    @property
    def code(self) -> str:
        """F3, as the public knows it."""
        return f"F{self.number}"


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


class ReleasePreview(Model):
    """How a release would look: asked for on the desk, worked out by the worker, never a page's own work."""

    __tablename__ = "release_preview"
    __table_args__ = (CheckConstraint("document IS NULL OR fault = ''", name="one_outcome"),)

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    asked_on: Mapped[date]
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    """As it would be printed, dashes and all; nothing that is hidden is in it."""
    fault: Mapped[str] = mapped_column(String(400), default="")
    """Why there can be none."""
