"""Tables of findings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.surveys.models import one_of

LONGEST_CLAIM = 200


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
