"""To the other service and back: what the browser takes along, and who comes back with it."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.core import config, db
from app.core.errors import Refusal
from app.desk.accounts import audit, session, throttle
from app.desk.accounts.models import BOTH
from app.desk.accounts.outside import authlib_client, queries
from app.desk.accounts.outside.authlib_client import Proof, Secrets
from app.desk.accounts.outside.models import Errand

LONGEST = timedelta(minutes=10)
LONGEST_SUBJECT = 255
KINDS = {
    "pwd": "known", "pin": "known", "kba": "known",
    "otp": "owned", "sms": "owned", "tel": "owned", "hwk": "owned", "swk": "owned", "sc": "owned",
    "face": "grown", "fpt": "grown", "iris": "grown", "retina": "grown", "vbm": "grown",
}  # fmt: skip
"""What kind of factor each method is (RFC 8176, 2)."""


class ErrandRefused(Refusal):
    """Somebody who comes back with what was not given to them, or whom nobody here knows."""


@dataclass(frozen=True)
class Sent:
    """Where a browser is sent, and the token of its cookie."""

    address: str
    token: str


def begin(target: str, now: datetime) -> Sent:
    """Send a browser away; `target` is where the person was going."""
    throttle.take_try_of_network()
    kept = Secrets(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))
    address, token = authlib_client.address(kept), secrets.token_urlsafe(32)
    forget(now)
    db.db.session.add(
        Errand(token_hash=_hash(token), state=kept.state, nonce=kept.nonce, verifier=kept.verifier,
               target=target, began_at=now)
    )  # fmt: skip
    return Sent(address, token)


def take(token: str, now: datetime) -> Errand:
    """The errand of this browser, once."""
    found = queries.take_errand(_hash(token)) if token else None
    if found is None or found.began_at <= now - LONGEST:
        raise ErrandRefused(_("That took too long. Begin again."))
    return found


def prove(errand: Errand, given: Mapping[str, str], now: datetime) -> Proof:
    """Who came back with `given`, the parameters of the address. Asks the service, so no transaction is open."""
    issuer = given.get("iss", config.settings().oidc_issuer)
    if not hmac.compare_digest(given.get("state", "").encode(), errand.state.encode()):
        raise ErrandRefused(_("That took too long. Begin again."))
    if issuer != config.settings().oidc_issuer or "error" in given or not given.get("code"):
        raise ErrandRefused(_("The other service did not let you in."))
    proof = authlib_client.proof(given["code"], Secrets(errand.state, errand.nonce, errand.verifier), now)
    if not shows_two_factors(proof, config.settings().oidc_acr):
        raise ErrandRefused(_("Sign in there with two factors, for example a password and a telephone."))
    return proof


def enter(proof: Proof, now: datetime) -> str:
    """A session for whose account elsewhere this is: its token."""
    user = queries.person(config.settings().oidc_issuer, proof.subject)
    if user is None:
        subject = proof.subject[:LONGEST_SUBJECT]
        raise ErrandRefused(
            _("Your account elsewhere opens nothing here yet. Give this to the operator: %(subject)s", subject=subject)
        )
    audit.record("sign_in", actor=user.id.hex(), detail="elsewhere")
    return session.begin(user, now, BOTH)


def forget(now: datetime) -> None:
    """Who did not come back."""
    queries.delete_errands_before(now - LONGEST)


def shows_two_factors(proof: Proof, good: Collection[str]) -> bool:
    """Whether the service says so: by its own name for it, by `mfa`, or by two methods of different kinds."""
    kinds = {KINDS[one] for one in proof.amr if one in KINDS}
    return proof.acr in good or "mfa" in proof.amr or len(kinds) > 1


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
