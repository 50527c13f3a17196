"""Piles of paper forms on their way in: who has them in hand, what was keyed (sealed), how often two keyings differ."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model, random_id
from app.surveys.models import one_of

STATES = ("keying", "checking", "deciding", "accepted")
PARTS = ("first", "second")
VERDICTS = ("accept", "widen", "again")


class PaperBatch(Model):
    """Sheets of one place, week and version that were taken out of the box together. Nothing of what is on them."""

    __tablename__ = "paper_batch"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("(state = 'accepted') = (accepted_on IS NOT NULL)", name="accepted_on"),
        CheckConstraint("shredded_on IS NULL OR accepted_on IS NOT NULL", name="shredded_on"),
        ForeignKeyConstraint(["survey_id", "version"], ["survey_version.survey_id", "survey_version.version"]),
        UniqueConstraint("survey_id", "version", "site_code", "week", "label"),
    )

    id: Mapped[bytes] = random_id()
    survey_id: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    site_code: Mapped[str] = mapped_column(ForeignKey("site.code"))
    week: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(20))
    """What is written on the envelope."""
    state: Mapped[str] = mapped_column(String(8), default="keying")
    turn: Mapped[int] = mapped_column(default=1)
    """How often the whole pile has been begun."""
    stored: Mapped[int | None]
    """How many responses came of it, once it is accepted."""
    accepted_on: Mapped[date | None]
    shredded_on: Mapped[date | None]


class PaperHand(Model):
    """Somebody keyed sheets of a batch in one of its turns, first or blind."""

    __tablename__ = "paper_hand"
    __table_args__ = (one_of("part", PARTS),)

    batch_id: Mapped[bytes] = mapped_column(ID, ForeignKey("paper_batch.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(6), primary_key=True)
    is_current: Mapped[bool] = mapped_column(default=True)
    """False once somebody else has taken over."""


class PaperCheck(Model):
    """One draw of sheets that were keyed twice: how many fields, how many differed, what followed."""

    __tablename__ = "paper_check"
    __table_args__ = (one_of("verdict", VERDICTS), CheckConstraint("differing <= fields", name="differing"))

    batch_id: Mapped[bytes] = mapped_column(ID, ForeignKey("paper_batch.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    draw: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sheets: Mapped[int]
    fields: Mapped[int]
    differing: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(6))
    """Of this draw and those before it in the turn together."""


class PaperSheet(Model):
    """What was read off one sheet, sealed, while its batch is open; then both keyings without the place of it."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("draw IS NOT NULL OR second IS NULL", name="second"),
        CheckConstraint("second IS NOT NULL OR settled IS NULL", name="settled"),
        UniqueConstraint("batch_id", "place"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    batch_id: Mapped[bytes] = mapped_column(ID, ForeignKey("paper_batch.id", ondelete="CASCADE"))
    place: Mapped[int | None]
    """The number pencilled on the sheet; forgotten when the batch is accepted."""
    draw: Mapped[int | None]
    """The draw that chose it for the blind keying."""
    month: Mapped[str] = mapped_column(String(7))
    first: Mapped[bytes] = mapped_column(LargeBinary)
    second: Mapped[bytes | None] = mapped_column(LargeBinary)
    settled: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What counts where the two differed."""
