"""Opens what a tablet sealed, and remembers which sealed answers came.

Box = enc ‖ ciphertext of HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180), since
browsers have had P-256 for ten years. `info` binds it to one key of ours, one tablet and one answer. The plain text
is a 4-byte length, the content, and zeros up to a multiple of 512 bytes, so that the size says little.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.core import config
from app.privacy import queries
from app.privacy.boxes import CannotOpen

BLOCK = 512
SEEN_WEEKS = 13
"""How long a lost acknowledgement is made good, and how long an old private key must be kept."""
KID: Final = re.compile(r"[0-9a-f]{1,16}", re.ASCII)
"""What names one of our keys."""
_SUITE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_LENGTH = 4


@dataclass(frozen=True)
class KioskKey:
    """One of our key pairs, by the name that tablets know it by."""

    kid: str
    point: bytes
    """Uncompressed, 65 bytes, as browsers import it."""
    private: EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """One sealed answer: for which key of ours, from which tablet (hex), under which random name (uuid4)."""

    kid: str
    device: str
    key: str
    box: bytes = field(repr=False)


class Before(Enum):
    """What is known of a sealed answer."""

    NEW = auto()
    SAME = auto()
    OTHER = auto()
    """Another box came under this name."""


def keys() -> tuple[KioskKey, ...]:
    """Ours, newest first; none where this house has no tablets, or on the desk's side alone."""
    return tuple(_pair(scalar) for scalar in config.settings().kiosk_private_keys)


def open_(sealed: Sealed) -> bytes:
    """What the tablet wrote. Raises CannotOpen for another key, tablet or name, and for what is damaged."""
    ours = next((key for key in keys() if key.kid == sealed.kid), None)
    if ours is None:
        raise CannotOpen
    info = f"gs-kiosk-1|{sealed.kid}|{sealed.device}|{sealed.key}".encode()
    try:
        return unframed(_SUITE.decrypt(sealed.box, ours.private, info=info))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def unframed(plain: bytes) -> bytes:
    """The content between length and padding. Raises CannotOpen where the frame is not as it must be."""
    length = int.from_bytes(plain[:_LENGTH], "big")
    content, padding = plain[_LENGTH : _LENGTH + length], plain[_LENGTH + length :]
    if not plain or len(plain) % BLOCK or len(content) != length or any(padding):
        raise CannotOpen
    return content


def before(sealed: Sealed) -> Before:
    """Whether this answer came before."""
    known = queries.kiosk_seen(_name(sealed))
    if known is None:
        return Before.NEW
    return Before.SAME if known == _content(sealed) else Before.OTHER


def remember(sealed: Sealed, week: str) -> bool:
    """Claim the name of this answer; False if another request was first. Joined to nothing that is stored of it."""
    return queries.see_kiosk(_name(sealed), _content(sealed), week)


def forget(last_week: str) -> int:
    """Forget the names that came in this week or before; how many."""
    return queries.delete_kiosk_seen(last_week)


def text(raw: bytes) -> str:
    """As keys and boxes travel: base64."""
    return base64.b64encode(raw).decode()


def _name(sealed: Sealed) -> bytes:
    return hashlib.sha256(f"{sealed.device}|{sealed.key}".encode()).digest()


def _content(sealed: Sealed) -> bytes:
    return hashlib.sha256(sealed.kid.encode() + b"|" + sealed.box).digest()


@lru_cache(maxsize=8)
def _pair(scalar: bytes) -> KioskKey:
    private = derive_private_key(int.from_bytes(scalar, "big"), SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return KioskKey(hashlib.sha256(point).hexdigest()[:8], point, private)
