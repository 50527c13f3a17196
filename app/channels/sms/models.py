"""Short-lived tables of the SMS channel: open conversations and the day's counters. All die with the day key."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model


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


class SmsSent(Model):
    """What became of a text sent by API, under our own random reference. Dies with its day."""

    __tablename__ = "sms_sent"
    __table_args__ = CITIZEN

    reference: Mapped[bytes] = mapped_column(ID, primary_key=True)
    epoch: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))


class SmsSweep(Model):
    """The last sweep of a carrier: one row of the system's own, nothing of a message in it."""

    __tablename__ = "sms_sweep"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    complete_until: Mapped[float] = mapped_column(default=0.0)
    """Seconds since 1970: when the last run began that took every text of the list."""
    erased_until: Mapped[float] = mapped_column(default=0.0)
    """Seconds since 1970: when the last run began that tried every copy that was due."""
    oldest_hours: Mapped[int] = mapped_column(default=0)
    """Age of the oldest copy that is still at the carrier, in whole hours at that run."""
