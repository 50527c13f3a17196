"""The preview of a release, and how far the work on it has come."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ReleasePreview(Model):
    """How a release would look: asked for on the desk, worked out by the worker, never a page's own work."""

    __tablename__ = "release_preview"
    __table_args__ = (CheckConstraint("document IS NULL OR fault = ''", name="one_outcome"),)

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    asked_on: Mapped[date]
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    """As it would be printed, dashes and all; nothing that is hidden is in it."""
    fault: Mapped[str] = mapped_column(String(400), default="")
    """Why there can be none."""
    reasons: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """How many figures of the whole release are hidden for each reason; forgotten when it is out."""
    seconds: Mapped[int | None]
    """How long the guard thought."""


class ReleaseProgress(Model):
    """What the guard is doing about a period now; gone when it is done."""

    __tablename__ = "release_progress"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    step: Mapped[str] = mapped_column(String(12))
    percent: Mapped[int]
    """Of this step."""
