"""Whose account elsewhere is whose: said by the operator, and from then on the only way in."""

import secrets

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.core import config
from app.core.errors import Refusal
from app.desk.accounts import audit, passwords
from app.desk.accounts.factors import factor
from app.desk.accounts.models import User
from app.desk.accounts.outside import queries
from app.desk.accounts.outside.errands import LONGEST_SUBJECT


class ConnectingRefused(Refusal):
    """There is no other service, or that account is somebody else's."""


def connect(user: User, subject: str) -> None:
    """Let this account of the service open theirs. Password and telephone here open it no more; sessions end."""
    issuer, subject = config.settings().oidc_issuer, subject.strip()
    if not issuer:
        raise ConnectingRefused(_("STEMME_OIDC_ISSUER is not set."))
    if not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise ConnectingRefused(_("An account elsewhere has 1 to 255 characters."))
    user.password_hash, user.must_change = passwords.hashed(secrets.token_urlsafe(32)), False  # nobody's
    factor.forget(user)
    try:
        queries.connect(user.id, issuer, subject)
    except IntegrityError as error:
        raise ConnectingRefused(_("That account elsewhere is somebody else's already.")) from error
    audit.record("user.connect", user.id.hex())
