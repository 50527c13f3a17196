"""Who is signed in: a random cookie, its hash in the database, 30 minutes idle (15 for peers), 10 hours in all.

Who has shown a password and still owes a code has half a session: it opens the page that asks for the code.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, g, request
from flask_babel import gettext as _

from app.core import clock, config, csrf, db
from app.core.errors import Refusal
from app.desk.accounts import queries
from app.desk.accounts.models import BOTH, HALF, PASSWORD, StaffSession, User

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)
RENEW_AFTER = timedelta(minutes=5)  # most page views then write nothing; the price is up to 5 minutes of idle time
PEER_IDLE = timedelta(minutes=15)
"""Peers share a tablet at a place, among people who know them."""
PEER_RENEW_AFTER = timedelta(minutes=1)
HALF_LONGEST = timedelta(minutes=10)


class SessionEnded(Refusal):
    """Another request ended the session while this one was at work."""


@dataclass(frozen=True)
class SignedIn:
    """The session of this request: its person, read only, what its forms are bound to, and what was shown for it."""

    user: User
    key: str
    proven: str

    @property
    def has_both(self) -> bool:
        """Whether a second factor was shown, here or elsewhere."""
        return self.proven == BOTH


def begin(user: User, now: datetime, proven: str = PASSWORD) -> str:
    """A new session for a person; the token for the cookie. Sessions that are over go at the same time."""
    forget(now)
    token = secrets.token_urlsafe(32)
    db.db.session.add(StaffSession(token_hash=_hash(token), user_id=user.id, began_at=now, seen_at=now, proven=proven))
    if proven != HALF:
        user.signed_in_on = now.astimezone(clock.COPENHAGEN).date()
    return token


def forget(now: datetime) -> None:
    """Delete the sessions that are over, whoever signs in next."""
    queries.delete_sessions_before(began=now - LONGEST, seen=now - IDLE)


def end(token: str) -> None:
    """The end of one session."""
    queries.delete_session(_hash(token))


def read(now: datetime) -> None:
    """Find out who makes this request, before any view runs."""
    token = request.cookies.get(cookie_name(), "")
    found = queries.signed_in(_hash(token)) if token else None
    g.signed_in = g.half_in = None
    if found is None or not found.user.is_active or not _is_alive(found, now):
        return
    if found.proven == HALF:
        g.half_in = SignedIn(found.user, found.token_hash.hex(), HALF)
        return
    if now - found.seen_at >= (PEER_RENEW_AFTER if found.user.role == "peer" else RENEW_AFTER):
        with suppress(db.Busy):  # a page may be read although somebody writes; the next one renews
            queries.renew(found.token_hash, now)
    g.signed_in = SignedIn(found.user, found.token_hash.hex(), found.proven)


def current() -> SignedIn | None:
    """The session of this request, if there is one."""
    found: SignedIn | None = g.get("signed_in")
    return found


def half() -> SignedIn | None:
    """The half session of this request: the password was right, the code is still owed."""
    found: SignedIn | None = g.get("half_in")
    return found


def key() -> str:
    """What the forms of this request are bound to; nothing before there is a session."""
    found = current() or half()
    return found.key if found else ""


def user() -> User:
    """Who makes this request, detached from the database: for reading. Only where a view demands a role."""
    return signed_in().user


def signed_in() -> SignedIn:
    """The session of this request. Only where a view demands a role."""
    found = current()
    if found is None:
        raise RuntimeError("nobody is signed in: the view must declare its roles")
    return found


def still(known: SignedIn) -> User:
    """The person of this session, held in this transaction; refused if the session was ended meanwhile."""
    user = queries.user(known.user.id, to_change=True)
    if user is None or not queries.is_session(bytes.fromhex(known.key)):
        raise SessionEnded(_("You were signed out meanwhile. Sign in again."))
    return user


def go_on(user_id: bytes, token: str, proven: str) -> None:
    """Make the rest of this page in a session that began just now, so that its forms are bound to it."""
    user = queries.user(user_id)
    if user is not None:
        g.signed_in = SignedIn(user, _hash(token).hex(), proven)


def check_form(form_id: str) -> None:
    """Raise FormExpired unless this post comes from a form we made for this session."""
    csrf.check(form_id, request.form.get(csrf.FIELD), bound_to=key())


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and TLS; browsers refuse it over plain http."""
    return "__Host-stemme" if config.settings().is_https else "stemme"


def cookie() -> str:
    """The token this browser sent."""
    return request.cookies.get(cookie_name(), "")


def set_cookie(response: Response, token: str) -> Response:
    """Give the token to the browser until it closes."""
    response.set_cookie(
        cookie_name(), token, secure=config.settings().is_https, httponly=True, samesite="Lax", path="/"
    )
    return response


def drop_cookie(response: Response) -> Response:
    """Take the token back, and what pages the browser kept. Never its storage: a tablet's queue lies there."""
    response.delete_cookie(cookie_name(), secure=config.settings().is_https, httponly=True, samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def leave(response: Response) -> Response:
    """End the session of this browser, if it has one: it becomes a tablet, and stands where anybody may touch it."""
    if not cookie():
        return response
    end(cookie())
    return drop_cookie(response)


def _is_alive(found: StaffSession, now: datetime) -> bool:
    idle = PEER_IDLE if found.user.role == "peer" else IDLE
    longest = HALF_LONGEST if found.proven == HALF else LONGEST
    return now - found.seen_at < idle and now - found.began_at < longest


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
