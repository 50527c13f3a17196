"""Tables of dealing out texts: who holds one just now, and who left which for later."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model


class Claim(Model):
    """One moderator has a text open and may decide. The row goes with the decision, and 15 minutes after the last act.

    No citizens' table although it names a text: `until` is the reader's clock, and is gone before the night.
    """

    __tablename__ = "claim"

    item_id: Mapped[bytes] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    until: Mapped[int] = mapped_column(BigInteger)
    """Seconds since 1970."""


class Skipped(Model):
    """A moderator left a text for later: it comes back to that person when nothing else waits."""

    __tablename__ = "skipped"
    __table_args__ = (CITIZEN,)

    item_id: Mapped[bytes] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
