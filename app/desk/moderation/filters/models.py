"""The table of saved filters."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, random_id


class SavedFilter(Model):
    """A set of facets under a name: for one person, or for all moderators."""

    __tablename__ = "saved_filter"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name"),)

    id: Mapped[bytes] = random_id()
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    is_shared: Mapped[bool]
    facets: Mapped[dict[str, str]] = mapped_column(JSON)
    """As they stand in the address of the queue."""
