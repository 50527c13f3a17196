"""Tables of the promise: month keys, what was already delivered, receipts."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model


class SealMonth(Model):
    """The key pair of a month; its private half exists only wrapped to the desk's sealing key."""

    __tablename__ = "seal_month"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary(80))


class Seen(Model):
    """A message or form that was taken, under a key that dies; the box holds what was answered."""

    __tablename__ = "seen"
    __table_args__ = CITIZEN

    mid: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    epoch: Mapped[int]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class KioskSeen(Model):
    """A sealed answer of a tablet that was taken: so that a lost acknowledgement does not count it twice."""

    __tablename__ = "kiosk_seen"
    __table_args__ = CITIZEN

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    box_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    week: Mapped[str] = mapped_column(String(8))


class Receipt(Model):
    """Four words without identity. The pointer to the response is cut 30-36 days after its week."""

    __tablename__ = "receipt"
    __table_args__ = (CheckConstraint("length(tag) = 32", name="tag"), CITIZEN)

    tag: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    response_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("response.id", ondelete="CASCADE"), index=True)
    week: Mapped[str] = mapped_column(String(8))
    is_read: Mapped[bool] = mapped_column(default=False)
    themes: Mapped[str] = mapped_column(String(120), default="")


class SideMark(Model):
    """What is left of a secret key that a side of the house has used: enough to know it again, and nothing to use."""

    __tablename__ = "side_mark"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    side: Mapped[str] = mapped_column(String(7))
