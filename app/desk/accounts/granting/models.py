"""The table of what waits for a second administrator."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import ROLES
from app.core.db import Model

KINDS = ("role", "reset", "phone")


class Wish(Model):
    """Another role, a new first password or no telephone for one person, who has one wish at a time."""

    __tablename__ = "account_wish"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name="role"),
        CheckConstraint("asked_by <> user_id", name="not_for_oneself"),
    )

    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    role: Mapped[str] = mapped_column(String(12))
    """What the person is to be; where the wish is for no other role, what they are."""
    site_code: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    asked_by: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    asked_on: Mapped[date]
