"""Dossiers in public: put there once, read as bytes ever after."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.db import db
from app.publication.dossiers import queries
from app.publication.dossiers.models import DossierCopy


@dataclass(frozen=True)
class Stored:
    """A ZIP file, its hash (the ETag), and the hash of the dossier in it."""

    number: int
    hash: str
    sha256: str
    published_on: date
    content: bytes


def publish(number: int, phase_key: str, *, hash: str, content: bytes, today: date) -> None:
    """Let everybody read it. The caller commits; the database refuses a second one of the same number."""
    copy = DossierCopy(
        number=number, phase_key=phase_key, hash=hash, sha256=sha256(content), published_on=today, content=content
    )
    db.session.add(copy)
    db.session.flush()


def newest(phase_key: str) -> Stored | None:
    """The newest published dossier of a phase."""
    return _stored(queries.newest(phase_key))


def of(number: int) -> Stored | None:
    """The published dossier of this number."""
    return _stored(queries.copy(number))


def sha256(content: bytes) -> str:
    """Of a file, in hex."""
    return hashlib.sha256(content).hexdigest()


def faults() -> Iterator[str]:
    """One line for each public dossier whose bytes have changed."""
    for one in queries.copies():
        if sha256(one.content) != one.sha256:
            yield f"dossier {one.number}: the public file has changed"


def _stored(found: DossierCopy | None) -> Stored | None:
    return Stored(found.number, found.hash, found.sha256, found.published_on, found.content) if found else None
