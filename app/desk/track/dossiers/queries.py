"""Statements about dossiers."""

from collections.abc import Sequence

from sqlalchemy import select, text

from app.core import db
from app.desk.track.dossiers.models import Dossier

CHAINING_TURN = 0x646F7373
"""Any number that no other advisory lock uses."""


def dossier(number: int, *, to_change: bool = False) -> Dossier | None:
    """One dossier; `to_change` holds others off until the commit."""
    return db.db.session.get(Dossier, number, with_for_update={"of": Dossier} if to_change else None)


def of_phase(key: str) -> Sequence[Dossier]:
    """The dossiers of a phase, the newest first: a correction comes after what it corrects."""
    found = select(Dossier).where(Dossier.phase_key == key).order_by(Dossier.number.desc())
    return db.db.session.scalars(found).all()


def chain() -> Sequence[Dossier]:
    """Every dossier, in the order of the chain."""
    return db.db.session.scalars(select(Dossier).order_by(Dossier.number)).all()


def newest() -> Dossier | None:
    """The end of the chain."""
    return db.db.session.scalars(select(Dossier).order_by(Dossier.number.desc()).limit(1)).first()


def take_turn() -> None:
    """Until the commit nobody else adds a dossier. SQLite has one writer anyway."""
    if not db.is_sqlite():
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": CHAINING_TURN})
