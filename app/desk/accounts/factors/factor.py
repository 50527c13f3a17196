"""A person's second factor: setting it up, showing it, losing it."""

import base64
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core import config
from app.core.errors import Refusal
from app.desk.accounts import audit, throttle
from app.desk.accounts import queries as people
from app.desk.accounts.factors import one_time_codes, queries, recovery, sealed_secrets
from app.desk.accounts.models import User

PHONE, PAPER = "phone", "paper"
"""With what somebody got in."""


class CodeRefused(Refusal):
    """A code that is wrong, too old, or was used already; which of them is not said."""


@dataclass(frozen=True)
class Offer:
    """A secret that is nobody's yet: shown on a page, and back in its form, sealed to the session."""

    secret: str
    sealed: str

    @property
    def groups(self) -> str:
        """The secret as it is typed, in groups of four."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def is_demanded() -> bool:
    """Whether nobody works here with a password alone."""
    return config.settings().env == "production"


def is_owed(*, has_both: bool) -> bool:
    """Whether nothing opens before a second factor is set up, or shown."""
    return is_demanded() and not has_both


def offer(session_key: str) -> Offer:
    """A new secret for whoever has this session. It is stored when a code proves that the telephone has it."""
    return _offered(one_time_codes.new_secret(), session_key)


def offered_before(sealed: str, session_key: str) -> Offer:
    """The secret that was on the page; a new one if it is not from this session."""
    secret = _opened(sealed, session_key)
    return _offered(secret, session_key) if secret else offer(session_key)


def set_up(user: User, sealed: str, typed: str, session_key: str, now: datetime) -> list[str]:
    """Keep the secret of the page, now that the telephone has shown it knows it: the recovery codes.

    Every session of the person ends.
    """
    throttle.take_code_try(user.name)
    secret = _opened(sealed, session_key)
    step = one_time_codes.step_with(secret, _digits(typed), now) if secret else None
    if secret is None or step is None or user.totp_secret is not None:
        raise CodeRefused(
            _("The code does not fit. Wait for the next one, and see that the telephone's clock is right.")
        )
    throttle.let_code_in(user.name)
    user.totp_secret, user.totp_step = sealed_secrets.sealed(secret, user.id), step
    people.delete_sessions_of(user.id)
    audit.record("factor.add", user.id.hex())
    return recovery.make(user.id)


def show(user: User, typed: str, now: datetime) -> str:
    """Take a code of the telephone or of the paper, once; with which of them it was."""
    throttle.take_code_try(user.name)
    way = _way(user, typed, now)
    if way is None:
        raise CodeRefused(_("The code is not right, or was used already. Wait for the next one."))
    throttle.let_code_in(user.name)
    return way


def new_codes(user: User, typed: str, now: datetime) -> list[str]:
    """Other recovery codes, for who shows a code now. Every session of the person ends."""
    show(user, typed, now)
    people.delete_sessions_of(user.id)
    audit.record("factor.codes", user.id.hex())
    return recovery.make(user.id)


def forget(user: User) -> None:
    """No telephone and no recovery code is theirs any more; every session ends."""
    user.totp_secret = user.totp_step = None
    queries.replace_codes(user.id, [])
    people.delete_sessions_of(user.id)


def _way(user: User, typed: str, now: datetime) -> str | None:
    if recovery.spend(user.id, typed):
        return PAPER
    found = sealed_secrets.opened(user.totp_secret, user.id) if user.totp_secret else None
    if found is None:
        return None
    secret, is_outdated = found
    step = one_time_codes.step_with(secret, _digits(typed), now)
    if step is None or not queries.take_step(user.id, step):
        return None
    if is_outdated:
        user.totp_secret = sealed_secrets.sealed(secret, user.id)
    return PHONE


def _digits(typed: str) -> str:
    return "".join(one for one in typed if one in "0123456789")


def _offered(secret: str, session_key: str) -> Offer:
    box = sealed_secrets.sealed(secret, session_key.encode())
    return Offer(secret, base64.urlsafe_b64encode(box).decode())


def _opened(sealed: str, session_key: str) -> str | None:
    try:
        found = sealed_secrets.opened(base64.urlsafe_b64decode(sealed), session_key.encode())
    except ValueError:
        return None
    return found[0] if found else None
