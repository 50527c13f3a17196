"""The tablets of the places: enrolled with a one-time code, known by a token, told apart by a label."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.surveys import kiosk_queries
from app.surveys.models import QUEUE_CLASSES, Kiosk

CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals without 0 O 1 I: five bits a sign."""
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=15)
LONGEST_LABEL = 40
_CODE_ROUNDS = 20_000
"""Makes 40 bits too slow to try in 15 minutes, also for who has read the table."""


class KioskRefused(Refusal):
    """A label, a place or a code that cannot be taken."""


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """What a tablet says of itself. No count of answers is in it, and no time."""

    app_version: str
    queue: str
    """One of QUEUE_CLASSES."""
    oldest_days: int | None
    quarantined: int
    is_persisted: bool
    storage_pct: int


def create(site_code: str, label: str, now: datetime) -> tuple[Kiosk, str]:
    """A new tablet of a place, and the code it is enrolled with, which is shown once."""
    label = " ".join(label.split())
    if not 0 < len(label) <= LONGEST_LABEL:
        raise KioskRefused(_("Give the tablet a name of at most %(most)s letters.", most=LONGEST_LABEL))
    device = Kiosk(id=secrets.token_bytes(16), site_code=site_code, label=label, settings={}, is_revoked=False)
    db.db.session.add(device)
    return device, new_code(device, now)


def new_code(device: Kiosk, now: datetime) -> str:
    """A fresh one-time code, which opens for 15 minutes; the one before opens nothing any more."""
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    device.code_hash = _code_hash(code)
    device.code_until = int((now + CODE_LIFE).timestamp())
    db.db.session.flush()
    return code


def enrol(typed: str, now: datetime, *, only: bytes | None = None) -> tuple[Kiosk, str] | None:
    """Use up a code: the tablet and its new token, of which we keep only the hash. None for a code that opens nothing.

    A revoked tablet may come back this way; whoever held the old token is unknown from now on. `only` is the id of a
    tablet that connects again: as another one it could not send what it has sealed, and its code stays unused.
    """
    token, code = secrets.token_urlsafe(32), _code_hash(_readable(typed))
    found = kiosk_queries.use_code(code, _token_hash(token), now=int(now.timestamp()), only=only)
    if found is None:
        return None
    device = kiosk_queries.kiosk(found)
    assert device is not None  # noqa: S101 - it was changed in this transaction
    db.db.session.refresh(device)
    return device, token


def by_id(device_id: str) -> Kiosk | None:
    """The tablet of this id in hex."""
    try:
        return kiosk_queries.kiosk(bytes.fromhex(device_id))
    except ValueError:
        return None


def by_token(token: str) -> Kiosk | None:
    """The tablet that holds this token, revoked or not."""
    return kiosk_queries.with_token(_token_hash(token)) if token else None


def listed(site_code: str | None = None) -> Sequence[Kiosk]:
    """The tablets of a place, or of all places, by place and label."""
    return kiosk_queries.kiosks(site_code)


def revoke(device: Kiosk) -> None:
    """Lost or retired: it may neither ask nor send any more. What lies sealed on it stays sealed."""
    device.is_revoked = True
    device.code_hash = device.code_until = None


def leave(device: Kiosk) -> None:
    """The tablet itself gives its token back."""
    device.token_hash = None


def hear(device: Kiosk, said: Heartbeat, today: date) -> None:
    """Overwrite what the tablet said of itself before."""
    device.app_version = said.app_version[:16]
    device.contact_day = day_number(today)
    device.queue = said.queue if said.queue in QUEUE_CLASSES else QUEUE_CLASSES[-1]
    device.oldest_days = said.oldest_days if said.oldest_days and said.oldest_days >= 3 else None
    device.quarantined = said.quarantined
    device.is_persisted = said.is_persisted
    device.storage_pct = said.storage_pct


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days


def device_name(device: Kiosk) -> str:
    """The id as the tablet and its sealed boxes carry it: 32 hex digits."""
    return device.id.hex()


def _readable(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign in CODE_SIGNS)[: CODE_LENGTH + 1]


def _code_hash(code: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), b"kiosk-code", _CODE_ROUNDS)


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
