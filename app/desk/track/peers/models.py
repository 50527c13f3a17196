"""Tables of what peers say of a finding, and of where they belong."""

import os
from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.surveys.models import one_of

VERDICTS = ("agree", "not_our_words", "something_missing")
LONGEST_WORDS = 300


class PeerVerdict(Model):
    """What one peer says of one version of a finding. When the version falls, it stays but counts no more."""

    __tablename__ = "peer_verdict"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        CheckConstraint(f"length(words) <= {LONGEST_WORDS}", name="words"),
        CheckConstraint("NOT is_shown OR may_be_shown", name="shown"),
        CheckConstraint("(answered_on IS NOT NULL) = (length(trim(answer)) > 0)", name="answered"),
        CheckConstraint("(answered_on IS NOT NULL) = (answered_by_id IS NOT NULL)", name="answered_by"),
        CheckConstraint("NOT is_shown OR answered_on IS NOT NULL", name="shown_with_an_answer"),
        CheckConstraint("answered_by_id <> peer_id", name="two_people"),
        UniqueConstraint("finding", "version", "peer_id"),
        ForeignKeyConstraint(["finding", "version"], ["finding_version.finding", "finding_version.version"]),
    )

    id: Mapped[bytes] = mapped_column(ID, primary_key=True, default=lambda: os.urandom(16))
    """Random, so that the page that answers it need not say whose it is."""
    finding: Mapped[int]
    version: Mapped[int]
    peer_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id), index=True)
    verdict: Mapped[str] = mapped_column(String(17))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    """Without names: what the masker finds is covered before it is kept."""
    may_be_shown: Mapped[bool] = mapped_column(default=False)
    given_on: Mapped[date]
    is_shown: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(Text, default="")
    """What the peer is told: why the words are shown or not, and what they changed."""
    answered_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    answered_on: Mapped[date | None]


class PeerHome(Model):
    """The municipalities a peer has named as own; they never code a text from there. An empty list is an answer too."""

    __tablename__ = "peer_home"

    user_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    municipalities: Mapped[list[str]] = mapped_column(JSON)
