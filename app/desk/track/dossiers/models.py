"""Table of dossiers. The database refuses to change one, but for letting it out."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, LargeBinary, String, Table, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.phases.models import Phase
from app.publication import frozen
from app.publication.dossiers.models import REFUSAL
from app.surveys.models import one_of

_KEPT = ("number", "phase_key", "frozen_on", "frozen_by_id", "previous_hash", "hash", "document", "archive")
_LET_OUT = "OLD.state = 'frozen' AND NEW.state = 'published' AND OLD.published_on IS NULL"
GUARDED: tuple[frozen.Guarded, ...] = (
    (
        "dossier_kept",
        "UPDATE",
        "dossier",
        f"NOT ({_LET_OUT} AND {' AND '.join(f'NEW.{name} = OLD.{name}' for name in _KEPT)})",
    ),
    ("dossier_stays", "DELETE", "dossier", "OLD.number > 0"),
)


class Dossier(Model):
    """The dossier of a gate: its document, and the packed files made of it."""

    __tablename__ = "dossier"
    __table_args__ = (
        one_of("state", tuple(states.DOSSIER)),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("length(hash) = 71 AND length(previous_hash) = 71", name="hashes"),
        CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published"),
        CheckConstraint("frozen_by_id <> published_by_id", name="two_people"),
        CheckConstraint("state = 'published' OR published_by_id IS NULL", name="let_out"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its place in the chain of all dossiers, from 1."""
    phase_key: Mapped[str] = mapped_column(ForeignKey(Phase.key), index=True)
    state: Mapped[str] = mapped_column(String(9), default="frozen")
    frozen_on: Mapped[date]
    frozen_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    published_on: Mapped[date | None]
    published_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    """Who let it out: never the one who froze it. Not kept of the first ones."""
    previous_hash: Mapped[str] = mapped_column(String(71))
    hash: Mapped[str] = mapped_column(String(71))
    document: Mapped[bytes] = mapped_column(LargeBinary)
    """Canonical JSON, as it stands in the file."""
    archive: Mapped[bytes] = mapped_column(LargeBinary)
    """The ZIP file."""
    frozen_by: Mapped[User] = relationship(foreign_keys=frozen_by_id)


@event.listens_for(Dossier.__table__, "after_create")
def _freeze(table: Table, connection: Connection, **_: Any) -> None:
    for statement in frozen.guards(GUARDED, connection.dialect.name, refusal=REFUSAL):
        connection.exec_driver_sql(statement)
