"""Statements about accounts elsewhere and those on the way to theirs."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from app.core import db
from app.desk.accounts import queries as people
from app.desk.accounts.models import User
from app.desk.accounts.outside.models import Elsewhere, Errand


def person(issuer: str, subject: str) -> User | None:
    """Whose account elsewhere this is, while they work here, held for a new session."""
    its = select(Elsewhere.user_id).where(Elsewhere.issuer == issuer, Elsewhere.subject == subject)
    user_id = db.connection().execute(its).scalar()
    user = people.user(user_id, to_change=True) if user_id else None
    # Who waited for a change of the account looks again whether it is still theirs.
    is_theirs = user is not None and user.is_active and db.connection().execute(its).scalar() == user.id
    return user if is_theirs else None


def elsewhere_of(user_id: bytes) -> Elsewhere | None:
    """The account elsewhere of this person."""
    return db.db.session.get(Elsewhere, user_id)


def connect(user_id: bytes, issuer: str, subject: str) -> None:
    """This account elsewhere is theirs; IntegrityError if it is somebody else's."""
    disconnect(user_id)
    theirs = insert(Elsewhere).values(user_id=user_id, issuer=issuer, subject=subject)
    db.connection().execute(theirs)


def disconnect(user_id: bytes) -> None:
    """No account elsewhere opens this one any more."""
    db.connection().execute(delete(Elsewhere).where(Elsewhere.user_id == user_id))


def take_errand(token_hash: bytes) -> Errand | None:
    """The errand of this browser, which cannot be run twice: it is gone when its transaction is committed."""
    found = db.db.session.get(Errand, token_hash)
    if found is None:
        return None
    db.db.session.expunge(found)
    taken = db.connection().execute(delete(Errand).where(Errand.token_hash == token_hash))
    return found if taken.rowcount == 1 else None


def delete_errands_before(began: datetime) -> None:
    """Forget who did not come back."""
    db.connection().execute(delete(Errand).where(Errand.began_at <= began))
