"""Statements about tablets."""

from collections.abc import Sequence

from sqlalchemy import select, true, update

from app.core import db
from app.surveys.models import Kiosk


def kiosk(kiosk_id: bytes) -> Kiosk | None:
    """One tablet with its place."""
    return db.db.session.get(Kiosk, kiosk_id)


def kiosks(site_code: str | None) -> Sequence[Kiosk]:
    """The tablets of a place, or of all of them."""
    found = select(Kiosk).order_by(Kiosk.site_code, Kiosk.label, Kiosk.id)
    if site_code is not None:
        found = found.where(Kiosk.site_code == site_code)
    return db.db.session.scalars(found).all()


def with_token(token_hash: bytes) -> Kiosk | None:
    """The tablet that holds this token."""
    return db.db.session.scalars(select(Kiosk).where(Kiosk.token_hash == token_hash)).first()


def use_code(code_hash: bytes, token_hash: bytes, *, now: int, only: bytes | None) -> bytes | None:
    """Swap a one-time code for a token; the tablet's id. Of two at the same moment one gets None.

    `only` is the id that the code must be for, where one is known.
    """
    change = (
        update(Kiosk)
        .where(Kiosk.code_hash == code_hash, Kiosk.code_until > now, true() if only is None else Kiosk.id == only)
        .values(code_hash=None, code_until=None, token_hash=token_hash, is_revoked=False)
        .returning(Kiosk.id)
        .execution_options(synchronize_session=False)
    )
    return db.connection().execute(change).scalar()
