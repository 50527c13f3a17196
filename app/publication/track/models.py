"""Tables of the public copy of the track: what is shown, what hangs together, and how much led to something."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.surveys.models import one_of

KINDS = ("phase", "finding", "research", "proposal", "decision", "action")
"""In the order of the chain."""
RELATIONS = (
    "stands_on",
    "considered",
    "set_aside",
    "answers",
    "carries_out",
    "corrects",
    "supports",
    "contradicts",
    "other_angle",
    "not_covered",
)
LONGEST_CODE = 40


class TrackEntry(Model):
    """One object of the track in the words the public reads; every figure in it is words already."""

    __tablename__ = "track_entry"
    __table_args__ = (
        one_of("kind", KINDS),
        CheckConstraint("changed_on >= first_on", name="changed_on"),
    )

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)
    """U5, F3, B2, A7, R1; a phase has its key."""
    kind: Mapped[str] = mapped_column(String(8), index=True)
    state: Mapped[str] = mapped_column(String(20))
    phase: Mapped[str] = mapped_column(String(LONGEST_CODE), default="")
    stamp: Mapped[int] = mapped_column(BigInteger, index=True)
    """Another random number each time it is shown: their sum tells whether anything has changed."""
    themes: Mapped[list[str]] = mapped_column(JSON)
    initiatives: Mapped[list[str]] = mapped_column(JSON)
    places: Mapped[list[str]] = mapped_column(JSON)
    first_on: Mapped[date]
    changed_on: Mapped[date]
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language; always in Danish."""
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)
    links: Mapped[list["TrackLink"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="TrackLink.position"
    )


class TrackLink(Model):
    """That one object stands on, answers or carries out another, which need not be public yet."""

    __tablename__ = "track_link"
    __table_args__ = (one_of("relation", RELATIONS),)

    code: Mapped[str] = mapped_column(ForeignKey("track_entry.code", ondelete="CASCADE"), primary_key=True)
    relation: Mapped[str] = mapped_column(String(11), primary_key=True)
    target: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True, index=True)
    position: Mapped[int]
    """As the desk listed them."""


class ChangeRate(Model):
    """Of the findings that were public when a half-year ended, how many had led to what; never counted again."""

    __tablename__ = "change_rate"

    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    """2027-H1."""
    counted_on: Mapped[date]
    figures: Mapped[dict[str, int]] = mapped_column(JSON)
