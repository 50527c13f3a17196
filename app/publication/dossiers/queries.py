"""Statements about published dossiers."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.publication.dossiers.models import DossierCopy


def newest(phase_key: str) -> DossierCopy | None:
    """The newest dossier of a phase: a correction comes after what it corrects."""
    found = select(DossierCopy).where(DossierCopy.phase_key == phase_key)
    return db.session.scalars(found.order_by(DossierCopy.number.desc()).limit(1)).first()


def copy(number: int) -> DossierCopy | None:
    """One published dossier."""
    return db.session.get(DossierCopy, number)


def copies() -> Sequence[DossierCopy]:
    """Every published dossier, in the order of the chain."""
    return db.session.scalars(select(DossierCopy).order_by(DossierCopy.number)).all()
