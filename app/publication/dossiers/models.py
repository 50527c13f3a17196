"""Table of published dossiers. The database refuses to change or to delete one."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Connection, LargeBinary, String, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.publication import frozen

REFUSAL = "a frozen dossier never changes"
GUARDED: tuple[frozen.Guarded, ...] = (
    ("dossier_copy_kept", "UPDATE", "dossier_copy", "OLD.number > 0"),
    ("dossier_copy_stays", "DELETE", "dossier_copy", "OLD.number > 0"),
)


class DossierCopy(Model):
    """A dossier for everybody: the ZIP file, byte by byte as it was frozen."""

    __tablename__ = "dossier_copy"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its place in the chain of all dossiers, from 1."""
    phase_key: Mapped[str] = mapped_column(String(40), index=True)
    hash: Mapped[str] = mapped_column(String(71))
    """Of the dossier itself, as it stands in the file."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the ZIP file."""
    published_on: Mapped[date]
    content: Mapped[bytes] = mapped_column(LargeBinary)


@event.listens_for(DossierCopy.__table__, "after_create")
def _freeze(table: Table, connection: Connection, **_: Any) -> None:
    for statement in frozen.guards(GUARDED, connection.dialect.name, refusal=REFUSAL):
        connection.exec_driver_sql(statement)
