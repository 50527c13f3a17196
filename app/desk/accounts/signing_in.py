"""Signing in and choosing a password: from a name, a password and a code to a session."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit, passwords, queries, session, throttle
from app.desk.accounts.factors import factor
from app.desk.accounts.models import BOTH, HALF, NAME, PASSWORD, User
from app.desk.accounts.session import SignedIn


class SignInRefused(Refusal):
    """Name and password do not belong together; which of them is wrong is not said."""


@dataclass(frozen=True)
class Entered:
    """A session that began: the token for its cookie, and whether a code is still owed."""

    token: str
    is_half: bool


def sign_in(name: str, password: str, now: datetime) -> Entered:
    """A new session. Argon2 runs before the transaction, so no writer waits for it."""
    name = name.strip().lower()
    throttle.take_try(name)
    known = queries.credentials(name) if NAME.fullmatch(name) else None
    if not passwords.matches(known.password_hash if known else None, password) or known is None:
        raise SignInRefused(_("The name and the password do not belong together."))
    throttle.let_in(name)
    fresh = passwords.hashed(password) if passwords.is_outdated(known.password_hash) else None
    user = _still(known)
    if fresh:
        user.password_hash = fresh
    if user.totp_secret:
        return Entered(session.begin(user, now, HALF), is_half=True)
    audit.record("sign_in", actor=user.id.hex())
    return Entered(session.begin(user, now, PASSWORD), is_half=False)


def show_code(half: SignedIn, typed: str, now: datetime) -> str:
    """The whole session of somebody whose password was right, with a new token."""
    user = session.still(half)
    way = factor.show(user, typed, now)
    audit.record("sign_in", actor=user.id.hex(), detail="" if way == factor.PHONE else "recovery code")
    return session.begin(user, now, BOTH)


def choose_password(signed_in: SignedIn, current: str, new: str, now: datetime) -> str:
    """Change the password, end every session of the person and begin a new one: its token."""
    known = signed_in.user
    throttle.take_try(known.name)
    if not passwords.matches(known.password_hash, current):
        raise SignInRefused(_("The present password is not right."))
    if new == current:
        raise SignInRefused(_("Choose a password that is not the present one."))
    passwords.check_new(new, name=known.name)
    fresh = passwords.hashed(new)
    user = session.still(signed_in)
    user.password_hash, user.must_change = fresh, False
    queries.delete_sessions_of(user.id)
    audit.record("password.change")
    return session.begin(user, now, signed_in.proven)


def _still(known: User) -> User:
    """The person, held in this transaction; refused if the account was closed or changed meanwhile."""
    user = queries.user(known.id, to_change=True)
    if user is None or not user.is_active or user.password_hash != known.password_hash:
        raise SignInRefused(_("The name and the password do not belong together."))
    return user
