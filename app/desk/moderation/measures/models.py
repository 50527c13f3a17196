"""The table of what had been decided when a week's time was up."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class WeekRead(Model):
    """How many texts of one week were decided, and how many not, when the second week after it had ended."""

    __tablename__ = "week_read"
    __table_args__ = (CheckConstraint("decided >= 0 AND undecided >= 0", name="counts"),)

    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    decided: Mapped[int]
    undecided: Mapped[int]
