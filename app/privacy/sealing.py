"""Seals a citizen's words so that only the desk can read them, and forgets how, month by month.

Box = 0x01 ‖ HPKE(X25519, HKDF-SHA256, AES-256-GCM; info = label ‖ answer id ‖ month), RFC 9180.
The plaintext is padded to 512 bytes, so most boxes are 561 bytes; the first byte leaves room for
a successor; the info keeps boxes from being swapped between rows.
"""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.core import config
from app.privacy import boxes, queries
from app.privacy.boxes import CannotOpen

LONGEST_TEXT = 2000  # code points
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_VERSION: Final = b"\x01"
_KEPT_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True)
class Month:
    """The open half of a month's pair, for the length of one transaction: later the month may be destroyed."""

    name: str
    """'YYYY-MM'"""
    public: X25519PublicKey = field(repr=False)

    def seal(self, text: str, answer_id: bytes) -> bytes:
        """The box of `text` for this answer in this month, made with the public half only."""
        content = boxes.pad(cleaned(text).encode(), 512)
        return _VERSION + _SUITE.encrypt(content, self.public, info=_text_info(answer_id, self.name))

    def seal_record(self, content: bytes, record: bytes) -> bytes:
        """The box of what is no answer yet (a keyed sheet). Opens as the same record only; at most 65,535 bytes."""
        return _VERSION + _SUITE.encrypt(boxes.pad(content, 512), self.public, info=_record_info(record, self.name))


def month(name: str) -> Month:
    """The month to seal to. Whoever first needs it makes its pair, keeps nothing of it and reads back what won."""
    return Month(name, X25519PublicKey.from_public_bytes(queries.month_public(name) or _made(name)))


def known_month(name: str, public: bytes | None) -> Month | None:
    """The same where its public half was looked up before; None if nobody has made it."""
    return Month(name, X25519PublicKey.from_public_bytes(public)) if public else None


def unseal(box: bytes, *, answer_id: bytes, month: str) -> str:
    """The words again; desk side only. Raises CannotOpen for a wrong row, a wrong key or a destroyed month."""
    return _opened(box, month, _text_info(answer_id, month)).decode()


def unseal_record(box: bytes, *, record: bytes, month: str) -> bytes:
    """What `seal_record` closed; desk side only. Raises CannotOpen as `unseal` does."""
    return _opened(box, month, _record_info(record, month))


def cleaned(text: str) -> str:
    """NFC, without control characters and lone surrogates, at most 2,000 code points."""
    kept = "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept).strip()[:LONGEST_TEXT]


def faults() -> list[str]:
    """One line for every month whose public half is not the one that was wrapped (a swapped key)."""
    found = []
    for row in queries.months():
        try:
            private = _unwrapped(row.month, row.wrapped)
        except CannotOpen:
            found.append(f"seal_month {row.month}: the wrapped key does not open")
            continue
        if private.public_key().public_bytes_raw() != row.public:
            found.append(f"seal_month {row.month}: the public key is not the one that was wrapped")
    return found


def _opened(box: bytes, month: str, info: bytes) -> bytes:
    private = _month_private(month)
    if box[:1] != _VERSION:
        raise CannotOpen
    try:
        return boxes.unpad(_SUITE.decrypt(box[1:], private, info=info))
    except InvalidTag as error:
        raise CannotOpen from error


def _made(month: str) -> bytes:
    private = X25519PrivateKey.generate()
    desk = X25519PublicKey.from_public_bytes(config.settings().sealing_public_key)
    wrapped = _SUITE.encrypt(private.private_bytes_raw(), desk, info=_month_info(month))
    return queries.add_month(month, private.public_key().public_bytes_raw(), wrapped)


def _month_private(month: str) -> X25519PrivateKey:
    wrapped = queries.month_wrapped(month)
    if wrapped is None:
        raise CannotOpen
    return _unwrapped(month, wrapped)


def _unwrapped(month: str, wrapped: bytes) -> X25519PrivateKey:
    """The private half of a month, by the sealing key it was made under: the newest, or one of those before it."""
    for secret in config.settings().sealing_private_keys:
        with suppress(InvalidTag):
            plain = _SUITE.decrypt(wrapped, X25519PrivateKey.from_private_bytes(secret), info=_month_info(month))
            return X25519PrivateKey.from_private_bytes(plain)
    raise CannotOpen


def _text_info(answer_id: bytes, month: str) -> bytes:
    return b"stemme/text/v1" + answer_id + month.encode()


def _record_info(record: bytes, month: str) -> bytes:
    return b"stemme/record/v1" + record + month.encode()


def _month_info(month: str) -> bytes:
    return b"stemme/month/v1" + month.encode()
