"""Signing in and choosing a password: from a name and a password to a session."""

from datetime import datetime

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit, passwords, queries, session, throttle
from app.desk.accounts.models import User


class SignInRefused(Refusal):
    """Name and password do not belong together; which of them is wrong is not said."""


def sign_in(name: str, password: str, now: datetime) -> str:
    """The token of a new session. Argon2 runs before the transaction, so no writer waits for it."""
    name = name.strip().lower()
    throttle.take_try(name)
    known = queries.credentials(name)
    if not passwords.matches(known.password_hash if known else None, password) or known is None:
        raise SignInRefused(_("The name and the password do not belong together."))
    throttle.throttle().forget(name)
    fresh = passwords.hashed(password) if passwords.is_outdated(known.password_hash) else None
    user = _still(known)
    if fresh:
        user.password_hash = fresh
    audit.record("sign_in", actor=user.id.hex())
    return session.begin(user, now)


def choose_password(signed_in: User, current: str, new: str, now: datetime) -> str:
    """Change the password, end every session of the person and begin a new one: its token."""
    throttle.take_try(signed_in.name)
    if not passwords.matches(signed_in.password_hash, current):
        raise SignInRefused(_("The present password is not right."))
    if new == current:
        raise SignInRefused(_("Choose a password that is not the present one."))
    passwords.check_new(new, name=signed_in.name)
    fresh = passwords.hashed(new)
    user = _still(signed_in)
    user.password_hash, user.must_change = fresh, False
    queries.delete_sessions_of(user.id)
    audit.record("password.change")
    return session.begin(user, now)


def _still(known: User) -> User:
    """The person in this transaction; refused if the account was closed or changed meanwhile."""
    user = queries.user(known.id)
    if user is None or not user.is_active or user.password_hash != known.password_hash:
        raise SignInRefused(_("The name and the password do not belong together."))
    return user
