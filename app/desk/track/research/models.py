"""Tables of research: what somebody studied, its file, and how it stands to our findings."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.findings.models import Finding
from app.desk.track.phases.models import Phase
from app.surveys.models import one_of

KINDS = ("baseline", "interim", "final", "register", "other", "none")
"""`none`: we asked and have received nothing, which is worth knowing too."""
RELATIONS = ("supports", "contradicts", "other_angle", "not_covered")
MOST_SAID = 600


class Research(Model):
    """One piece of research, or that we asked for it in vain."""

    __tablename__ = "research"
    __table_args__ = (
        one_of("state", tuple(states.RESEARCH)),
        one_of("kind", KINDS),
        CheckConstraint("length(trim(title)) > 0", name="title"),
        CheckConstraint("length(trim(institution)) > 0", name="institution"),
        CheckConstraint(f"length(says) <= {MOST_SAID}", name="says"),
        CheckConstraint("(kind = 'none') = (asked_on IS NOT NULL)", name="asked"),
        CheckConstraint("(kind = 'none') = (dated IS NULL)", name="dated"),
        CheckConstraint("kind <> 'none' OR file_sha256 IS NULL", name="nothing_received"),
        CheckConstraint("file_sha256 IS NULL OR length(file_sha256) = 64", name="sha256"),
        CheckConstraint("file_sha256 IS NULL OR length(trim(permission)) > 0", name="permission"),
        CheckConstraint("(state = 'registered') = (reviewed_by_id IS NULL)", name="reviewed"),
        CheckConstraint("(state IN ('published', 'withdrawn')) = (published_on IS NOT NULL)", name="published"),
        CheckConstraint("(state = 'withdrawn') = (length(trim(withdrawn_because)) > 0)", name="withdrawn"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10), default="registered")
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    institution: Mapped[str] = mapped_column(String(120))
    dated: Mapped[date | None]
    asked_on: Mapped[date | None]
    """When we asked, where nothing has come."""
    link: Mapped[str] = mapped_column(String(400), default="")
    says: Mapped[str] = mapped_column(String(MOST_SAID), default="")
    """What it says, in our words."""
    themes: Mapped[list[str]] = mapped_column(JSON)
    initiatives: Mapped[list[str]] = mapped_column(JSON)
    phase_key: Mapped[str | None] = mapped_column(ForeignKey(Phase.key))
    permission: Mapped[str] = mapped_column(String(200), default="")
    """Who allowed us to keep the file, and how."""
    file_name: Mapped[str] = mapped_column(String(120), default="")
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    registered_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    reviewed_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    published_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    registered_by: Mapped[User] = relationship(foreign_keys=registered_by_id)
    reviewed_by: Mapped[User | None] = relationship(foreign_keys=reviewed_by_id)
    relations: Mapped[list["ResearchRelation"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="ResearchRelation.finding_number"
    )

    @property
    def code(self) -> str:
        """R1, as the public knows it."""
        return f"R{self.number}"


class ResearchFile(Model):
    """The file itself, apart from the row, so that a list of research never reads twenty megabytes."""

    __tablename__ = "research_file"

    research_number: Mapped[int] = mapped_column(ForeignKey(Research.number, ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ResearchRelation(Model):
    """How a piece of research stands to one finding."""

    __tablename__ = "research_relation"
    __table_args__ = (one_of("relation", RELATIONS),)

    research_number: Mapped[int] = mapped_column(ForeignKey(Research.number, ondelete="CASCADE"), primary_key=True)
    finding_number: Mapped[int] = mapped_column(ForeignKey(Finding.number), primary_key=True)
    relation: Mapped[str] = mapped_column(String(11))
    finding: Mapped[Finding] = relationship()
