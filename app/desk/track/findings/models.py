"""Tables of findings, of their versions, and of what the staff of a named place say before the public reads them."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.phases.models import Phase
from app.surveys.models import one_of

LONGEST_CLAIM = 200
LONGEST_COMMENT = 300


class Finding(Model):
    """What people told us, in one sentence: which theme, which period, how many, and what speaks against."""

    __tablename__ = "finding"
    __table_args__ = (
        one_of("state", tuple(states.FINDING)),
        CheckConstraint(f"length(claim) BETWEEN 1 AND {LONGEST_CLAIM}", name="claim"),
        CheckConstraint("author_id <> signer_id", name="two_people"),
        CheckConstraint("(state IN ('signed', 'published', 'superseded')) = (signer_id IS NOT NULL)", name="signed"),
        CheckConstraint("state IN ('draft', 'dropped') OR length(trim(counter_evidence)) > 0", name="counter"),
        CheckConstraint("state IN ('draft', 'dropped') OR peers_asked_on IS NOT NULL", name="peers_asked"),
        CheckConstraint(
            "(state IN ('peer_checked', 'signed', 'published', 'superseded')) = (peers_answered IS NOT NULL)",
            name="peers_answered",
        ),
        CheckConstraint("(state IN ('published', 'superseded')) = (published_on IS NOT NULL)", name="published"),
        CheckConstraint("(state = 'superseded') = (superseded_by IS NOT NULL)", name="superseded"),
        CheckConstraint("superseded_by <> number", name="superseded_by_another"),
        CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name="dropped"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    """One more at each change of the words: who signs, signs the words that were read."""
    theme: Mapped[str] = mapped_column(String(12))
    more_themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Main themes it also speaks of."""
    period: Mapped[str] = mapped_column(String(8))
    phase: Mapped[str | None] = mapped_column(ForeignKey(Phase.key))
    principles: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Numbers of the Council's ten."""
    initiatives: Mapped[list[str]] = mapped_column(JSON, default=list)
    claim: Mapped[str] = mapped_column(String(LONGEST_CLAIM))
    body: Mapped[str] = mapped_column(Text, default="")
    counter_evidence: Mapped[str] = mapped_column(Text, default="")
    who_is_missing: Mapped[str] = mapped_column(Text, default="")
    provenance: Mapped[str] = mapped_column(Text, default="")
    """Where it comes from, written by the machine when the words are saved."""
    peers_asked_on: Mapped[date | None]
    peers_answered: Mapped[int | None]
    """How many verdicts counted when it was taken on from the peers."""
    was_sent_back: Mapped[bool] = mapped_column(default=False)
    """Peers have said once that these are not their words; the next round is the last."""
    is_disputed: Mapped[bool] = mapped_column(default=False)
    staff_told_on: Mapped[date | None]
    """When the staff of a place it names could read it."""
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    signer_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    published_on: Mapped[date | None]
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("finding.number"))
    author: Mapped[User] = relationship(foreign_keys=author_id)
    signer: Mapped[User | None] = relationship(foreign_keys=signer_id)

    @property
    def code(self) -> str:
        """U5, as the public knows it."""
        return f"U{self.number}"

    @property
    def themes(self) -> tuple[str, ...]:
        """Its main themes, the first one first."""
        return (self.theme, *self.more_themes)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of it that the public will read."""
        return (self.claim, self.body, self.counter_evidence, self.who_is_missing)


class FindingVersion(Model):
    """The words of a finding as they once stood. Nothing changes here: verdicts are about a version."""

    __tablename__ = "finding_version"

    finding: Mapped[int] = mapped_column(ForeignKey(Finding.number), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    theme: Mapped[str] = mapped_column(String(12))
    period: Mapped[str] = mapped_column(String(8))
    claim: Mapped[str] = mapped_column(String(LONGEST_CLAIM))
    body: Mapped[str] = mapped_column(Text)
    counter_evidence: Mapped[str] = mapped_column(Text)
    who_is_missing: Mapped[str] = mapped_column(Text)
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    sound: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The claim, read in by a person (MP3)."""


class FindingComment(Model):
    """What somebody who works at a named place says of a version before it is public. They change nothing."""

    __tablename__ = "finding_comment"
    __table_args__ = (
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_COMMENT}", name="words"),
        ForeignKeyConstraint(["finding", "version"], ["finding_version.finding", "finding_version.version"]),
    )

    finding: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_COMMENT))
