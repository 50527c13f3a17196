"""The table of what was changed on the alert list."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

LONGEST = 40


class AlertWord(Model):
    """A word put on the list, or one of the shipped list taken off it."""

    __tablename__ = "alert_word"
    __table_args__ = (CheckConstraint("length(word) > 2", name="word"),)

    word: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    is_on: Mapped[bool]
