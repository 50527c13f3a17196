"""The table of rejections that are read again."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model
from app.surveys.models import one_of

OUTCOMES = ("upheld", "reversed")


class Rereading(Model):
    """A rejection that somebody else reads without knowing of it. Those who rejected it do not meet it again."""

    __tablename__ = "rereading"
    __table_args__ = (one_of("outcome", OUTCOMES), CITIZEN)

    item_id: Mapped[bytes] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))
    """Why it was rejected the first time."""
    first_by: Mapped[bytes] = mapped_column(ForeignKey("user.id"))
    agreed_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str | None] = mapped_column(String(8))
    """None until somebody has decided again."""
