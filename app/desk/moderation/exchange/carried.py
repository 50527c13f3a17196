"""What a file said, carried by the page between preview and confirmation: packed, and signed.

Nothing is stored before a person confirms, so there is nothing to clean up when nobody does.
"""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _

from app.core import derived
from app.core.archives import FileRefused
from app.desk.moderation.exchange.said import Said

LABEL = "codebook.import"
LARGEST = 4 * 1024 * 1024
"""Bytes of what a page may carry; the shipped codebook takes 17,000."""
_MAC = hashlib.sha256().digest_size


def pack(codes: Iterable[Said]) -> str:
    """The codes as one field of a form."""
    said = [{name: value for name, value in asdict(one).items() if value is not None} for one in codes]
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode())
    return base64.urlsafe_b64encode(_mac(derived.keys(LABEL)[0], packed) + packed).decode()


def unpack(field: str) -> tuple[Said, ...]:
    """The same codes again. Refuses what we did not pack."""
    try:
        raw = base64.urlsafe_b64decode(field)
    except ValueError:
        raw = b""
    mac, packed = raw[:_MAC], raw[_MAC:]
    if not any(hmac.compare_digest(mac, _mac(key, packed)) for key in derived.keys(LABEL)):
        raise FileRefused(_("Choose the file once more."))
    return tuple(_said(one) for one in json.loads(zlib.decompress(packed)))


def _said(written: dict[str, Any]) -> Said:
    tuples: dict[str, Any] = {name: tuple(written[name]) for name in ("hints", "principles") if name in written}
    return Said(**{**written, **tuples})


def _mac(key: bytes, packed: bytes) -> bytes:
    return hmac.digest(key, packed, hashlib.sha256)
