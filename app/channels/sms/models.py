"""Short-lived tables of the SMS channel: open conversations and the day's counters. All die with the day key."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, Model


class SmsSession(Model):
    """An open conversation. `sid` is an HMAC of the number; the box opens with number and day key only."""

    __tablename__ = "sms_session"
    __table_args__ = CITIZEN

    sid: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    epoch: Mapped[int]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class SmsMeter(Model):
    """How often something happened today in one of 16,384 cells; about 600 Danish numbers share a cell."""

    __tablename__ = "sms_meter"
    __table_args__ = CITIZEN

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]
