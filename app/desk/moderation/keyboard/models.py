"""The table of keys that people changed."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Keyboard(Model):
    """The keys of one person, where they differ from what everybody begins with."""

    __tablename__ = "keyboard"

    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    is_off: Mapped[bool]
    keys: Mapped[dict[str, str]] = mapped_column(JSON)
    """Act → key."""
    recent: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the codes used last, the latest first, beside nothing that says on which text."""
