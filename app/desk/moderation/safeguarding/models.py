"""The table of cases. It stands alone: nothing points at it, and no count, search or export reads it."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model, random_id
from app.desk.moderation.safeguarding import wording
from app.surveys.models import one_of


class SafeguardingCase(Model):
    """Worry about somebody nobody can trace. A closed one keeps its outcome, kind of place and quarter, no more."""

    __tablename__ = "safeguarding_case"
    __table_args__ = (
        one_of("step", tuple(wording.STEPS)),
        one_of("concern", tuple(wording.CONCERNS)),
        one_of("sensitivity", tuple(wording.SENSITIVITIES)),
        one_of("criticality", tuple(wording.CRITICALITIES)),
        one_of("status", tuple(wording.STATUSES)),
        one_of("loop", tuple(wording.LOOPS)),
        one_of("outcome", tuple(wording.OUTCOMES)),
        CheckConstraint("(step = 'closed') = (outcome IS NOT NULL)", name="closed_with_outcome"),
        CheckConstraint("(step = 'closed') = (item_id IS NULL)", name="closed_cuts_the_link"),
        CheckConstraint(
            "step <> 'closed' OR (concern IS NULL AND sensitivity IS NULL AND criticality IS NULL "
            "AND status IS NULL AND loop IS NULL)",
            name="closed_keeps_nothing_else",
        ),
        UniqueConstraint("item_id"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    item_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"))
    """The text, until the case is closed. A text that is taken back takes its case with it."""
    step: Mapped[str] = mapped_column(String(8))
    concern: Mapped[str | None] = mapped_column(String(12))
    sensitivity: Mapped[str | None] = mapped_column(String(14))
    criticality: Mapped[str | None] = mapped_column(String(12))
    status: Mapped[str | None] = mapped_column(String(12))
    loop: Mapped[str | None] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(20))
    site_kind: Mapped[str | None] = mapped_column(String(40))
    quarter: Mapped[str] = mapped_column(String(7))
    due: Mapped[date] = mapped_column(Date)
    """The only day in a citizens' table: until when the next step is to be taken; once closed, when the row goes.
    It is counted from the day the case was raised, never from when somebody wrote."""
