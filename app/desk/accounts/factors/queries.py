"""Statements about second factors and recovery codes."""

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, or_, select, update

from app.core import db
from app.desk.accounts.factors.models import RecoveryCode
from app.desk.accounts.models import User


def take_step(user_id: bytes, step: int) -> bool:
    """Note the half minute of a code; False if it or a later one was taken already, also by a request at once."""
    is_newer = or_(User.totp_step.is_(None), User.totp_step < step)
    taken = db.connection().execute(update(User).where(User.id == user_id, is_newer).values(totp_step=step))
    return taken.rowcount == 1


def spend(user_id: bytes, code_hash: bytes) -> bool:
    """Take a recovery code away; False if there is none like it any more."""
    its = delete(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash)
    return db.connection().execute(its).rowcount == 1


def replace_codes(user_id: bytes, hashes: Iterable[bytes]) -> None:
    """These recovery codes instead of all that were."""
    db.connection().execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    rows = [{"user_id": user_id, "code_hash": one} for one in hashes]
    if rows:
        db.connection().execute(insert(RecoveryCode), rows)


def codes_left(user_id: bytes) -> int:
    """How many recovery codes have not been used."""
    counted = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return int(db.connection().execute(counted).scalar_one())
