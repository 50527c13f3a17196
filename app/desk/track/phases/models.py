"""Tables of phases, of promises that were moved, and of what a gate lacked."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.surveys.models import one_of

DATES = ("opens_on", "closes_on", "decide_by", "result_by")
POINTS = tuple(range(1, 11))
NEVER_WAIVED = (7, 8, 10)
"""Points of the gate that no reason replaces: counter-evidence, nothing left out, the words that are told back."""
SHORTEST_REASON = 40
_DATED = " AND ".join(f"{name} IS NOT NULL" for name in DATES)


class Phase(Model):
    """A stretch of time in which we listen, with the days on which it is decided and told what came of it."""

    __tablename__ = "phase"
    __table_args__ = (
        one_of("state", tuple(states.PHASE)),
        CheckConstraint("opens_on <= closes_on", name="closes"),
        CheckConstraint("closes_on <= decide_by", name="decides"),
        CheckConstraint("decide_by <= result_by", name="results"),
        CheckConstraint(f"state IN ('planned', 'cancelled') OR {_DATED}", name="dated"),
        CheckConstraint("(state IN ('decided', 'result_published')) = (decided_on IS NOT NULL)", name="decided"),
        CheckConstraint("(decided_on IS NULL) = (gate_stood IS NULL)", name="gate_stood"),
        CheckConstraint("(state = 'result_published') = (result_on IS NOT NULL)", name="result"),
        CheckConstraint("(state = 'cancelled') = (length(trim(cancelled_because)) > 0)", name="cancelled"),
    )

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    project: Mapped[str] = mapped_column(String(9))
    """The project period, as '2026/27'."""
    position: Mapped[int]
    """Its place among the phases, from 1."""
    state: Mapped[str] = mapped_column(String(16), default="planned")
    version: Mapped[int] = mapped_column(default=1)
    name_da: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    purpose_da: Mapped[str] = mapped_column(String(200))
    purpose_en: Mapped[str] = mapped_column(String(200))
    surveys: Mapped[list[str]] = mapped_column(JSON)
    """Ids of the surveys that feed it."""
    initiatives: Mapped[list[str]] = mapped_column(JSON)
    """Keys of content/initiatives.toml that it is about; none means all."""
    gate: Mapped[list[int]] = mapped_column(JSON)
    """The points of its gate, by their numbers."""
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    decide_by: Mapped[date | None]
    result_by: Mapped[date | None]
    decided_on: Mapped[date | None]
    result_on: Mapped[date | None]
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    gate_stood: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """How every point stood when it was decided; nothing that happens later changes it."""

    @property
    def code(self) -> str:
        """As the other objects of the track have one."""
        return self.key


class MovedDate(Model):
    """A promised day that was moved after the phase had opened, and why: the first promise stays to be read."""

    __tablename__ = "phase_moved_date"
    __table_args__ = (
        one_of("name", DATES),
        CheckConstraint("was <> became", name="moved"),
        CheckConstraint("length(trim(because)) > 0", name="because"),
    )

    phase_key: Mapped[str] = mapped_column(ForeignKey(Phase.key), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1, in the order they were moved."""
    name: Mapped[str] = mapped_column(String(10))
    was: Mapped[date]
    became: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    moved_on: Mapped[date]


class GateReason(Model):
    """Why a point of a gate is not met and the phase goes on all the same, in the words of a named role."""

    __tablename__ = "gate_reason"
    __table_args__ = (
        CheckConstraint(f"point BETWEEN {POINTS[0]} AND {POINTS[-1]}", name="point"),
        CheckConstraint(f"point NOT IN ({', '.join(map(str, NEVER_WAIVED))})", name="waivable"),
        CheckConstraint(f"length(trim(because)) >= {SHORTEST_REASON}", name="because"),
        one_of("role", ("council", "moderator")),
    )

    phase_key: Mapped[str] = mapped_column(ForeignKey(Phase.key), primary_key=True)
    point: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    because: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    by: Mapped[User] = relationship()
