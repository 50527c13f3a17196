"""How large the target groups are, and what else there is to help: numbers and lists from others, never of ours."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

KINDS = ("counts", "shares")
REFERRALS = ("yes", "no", "not_stated")


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in allowed)})", name=column)


class PresenceFile(Model):
    """A file of target groups that somebody read in: when, who, and how many rows of it were new."""

    __tablename__ = "presence_file"
    __table_args__ = (_one_of("kind", KINDS), CheckConstraint("taken_in > 0", name="taken_in"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(6))
    read_on: Mapped[date]
    read_by: Mapped[str] = mapped_column(String(40))
    taken_in: Mapped[int]


class TargetGroup(Model):
    """How many people of a group live in a municipality, according to a source of a year. Never overwritten."""

    __tablename__ = "target_group"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        CheckConstraint("low >= 0 AND low <= count", name="low"),
        CheckConstraint("high >= count", name="high"),
    )

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    """'7+8', 'homeless' …"""
    age_band: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(120), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(3), primary_key=True)
    """The official code."""
    count: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    file_number: Mapped[int] = mapped_column(ForeignKey("presence_file.number"))


class TargetShare(Model):
    """What share of a group is of an age, a sex or a language, in per cent, according to a source of a year."""

    __tablename__ = "target_share"
    __table_args__ = (
        CheckConstraint("share BETWEEN 0 AND 100", name="share"),
        CheckConstraint("low BETWEEN 0 AND share", name="low"),
        CheckConstraint("high BETWEEN share AND 100", name="high"),
    )

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    variable: Mapped[str] = mapped_column(String(20), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(120), primary_key=True)
    share: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    file_number: Mapped[int] = mapped_column(ForeignKey("presence_file.number"))


class Offer(Model):
    """An offer as an administrator words it: instead of the one of the Council's overview, or beside them."""

    __tablename__ = "offer"
    __table_args__ = (_one_of("referral", REFERRALS),)

    key: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    referral: Mapped[str] = mapped_column(String(10))
    target_group: Mapped[str] = mapped_column(String(160))
    basis: Mapped[str] = mapped_column(String(80))
    is_shown: Mapped[bool] = mapped_column(default=True)
    changed_on: Mapped[date]


class OfferNearby(Model):
    """That an offer exists in a health-council area, who says so, and when it was looked at."""

    __tablename__ = "offer_nearby"

    area: Mapped[str] = mapped_column(String(20), primary_key=True)
    offer_key: Mapped[str] = mapped_column(String(30), primary_key=True)
    source: Mapped[str] = mapped_column(String(120))
    seen_on: Mapped[date]
