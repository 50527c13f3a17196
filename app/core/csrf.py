"""Forms only from our own pages, without a cookie or a script.

Sec-Fetch-Site or Origin must be ours, and the form carries a token: nonce ‖ 10-minute bucket ‖
HMAC(K_form, form id ‖ bucket ‖ nonce ‖ what it is bound to). Chromium sends `Origin: null` on our
own posts because we send no referrer, so `null` counts as absent and the token decides.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from flask import Flask, abort, request

from app.core import access, clock, config, derived
from app.core.errors import Refusal
from app.core.i18n import N_

BUCKET = 600  # seconds
LIFE = 12  # buckets: two hours
FIELD = "form_token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_EXPIRED = N_("This page has been open for a long time. Please send it once more.")


class FormExpired(Refusal):
    """The form is older than two hours or not ours; the page comes back with what was written."""


def init(app: Flask) -> None:
    """Refuse posts from other origins before any view runs."""

    @app.before_request
    def refuse_other_origins() -> None:
        is_machine = access.PROVIDER in access.of_request(app) or request.path.startswith("/kiosk/api/")
        if request.method not in _SAFE and not is_machine and not _is_ours():
            abort(403)


def token(form_id: str, *, bound_to: str = "") -> str:
    """A fresh token for a form; staff forms are bound to the session."""
    nonce, bucket = secrets.token_bytes(9), _bucket(clock.now()).to_bytes(4, "big")
    mac = _mac(derived.keys("form")[0], form_id, bucket, nonce, bound_to)
    return base64.urlsafe_b64encode(nonce + bucket + mac).decode()


def check(form_id: str, sent: str | None, *, bound_to: str = "") -> None:
    """Raise FormExpired unless `sent` is a token of this form, made within two hours."""
    try:
        raw = base64.urlsafe_b64decode(sent or "")
    except ValueError:
        raw = b""
    nonce, bucket, mac = raw[:9], raw[9:13], raw[13:]
    genuine = any(hmac.compare_digest(mac, _mac(key, form_id, bucket, nonce, bound_to)) for key in derived.keys("form"))
    age = _bucket(clock.now()) - int.from_bytes(bucket, "big")
    if not genuine or not -1 <= age <= LIFE:
        raise FormExpired(_EXPIRED)


def _is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin in (None, "null", *config.settings().own_addresses)


def _mac(key: bytes, form_id: str, bucket: bytes, nonce: bytes, bound_to: str) -> bytes:
    return hmac.digest(key, b"\0".join((form_id.encode(), bucket, nonce, bound_to.encode())), hashlib.sha256)[:16]


def _bucket(now: datetime) -> int:
    return int(now.timestamp()) // BUCKET
