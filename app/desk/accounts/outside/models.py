"""The tables of accounts elsewhere: whose each is, and who is on the way to theirs just now."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.desk.accounts.models import Instant


class Elsewhere(Model):
    """Which account of the other service is whose. Its key is issuer and subject, never a name or an address."""

    __tablename__ = "account_elsewhere"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(255))


class Errand(Model):
    """A browser that was sent to the other service and is not back yet: what only it and we may know."""

    __tablename__ = "sign_in_errand"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", name="token_hash"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of a random cookie of its own."""
    state: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    target: Mapped[str] = mapped_column(String(400))
    """Where the person was going: an address of the desk."""
    began_at: Mapped[datetime] = mapped_column(Instant, index=True)
