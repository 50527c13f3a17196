"""The table of recovery codes."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class RecoveryCode(Model):
    """A code on paper that lets somebody in once without their telephone; only its hash is known here."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 32", name="code_hash"),)

    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
