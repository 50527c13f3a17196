"""Who holds everything of the citizens' side, and the whole database besides, and tries every key on every box."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

LABELS = ("", "form", "receipt", "totp", "audit", "side", "seal", "month", "text")
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class Pair:
    """An X25519 pair as settings hold it."""

    private: str
    public: str


@dataclass(frozen=True)
class Box:
    """A stored text: its answer, its month, and its bytes."""

    answer_id: bytes
    month: str
    content: bytes


def key_pair() -> Pair:
    """A fresh one."""
    private = X25519PrivateKey.generate()
    return Pair(*(_text(raw) for raw in (private.private_bytes_raw(), private.public_key().public_bytes_raw())))


def candidates(environ: Mapping[str, str], *folders: Path) -> set[bytes]:
    """Whatever could be a key of 32 bytes: in the settings, in the files of the side, and made from either."""
    raw = {value.encode() for value in environ.values()}
    raw |= {path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    raw |= set(_decoded(raw))
    short = {one[:32] for one in raw if len(one) >= 32} | {one[-32:] for one in raw if len(one) >= 32}
    hashed = {hashlib.sha256(one).digest() for one in raw}
    derived = {HKDF(SHA256(), 32, salt=None, info=label.encode()).derive(one) for one in raw for label in LABELS}
    return short | hashed | derived


def opened(connection: Connection, keys: Iterable[bytes]) -> set[str]:
    """Every stored text that one of these keys opens: as the desk's, as a month's, or as a plain key."""
    boxes = _boxes(connection)
    stored = _months(connection)
    tried = set(keys) | {half for _, wrapped in stored for half in (wrapped[:32], wrapped[-32:])}
    months = {(month, key) for month, wrapped in stored for key in _unwrapped(month, wrapped, tried)}
    months |= {(box.month, key) for box in boxes for key in tried}
    by_hpke = {text for box in boxes for month, key in months if month == box.month for text in _hpke(box, key)}
    return by_hpke | {text for box in boxes for key in tried for text in _plain(box, key)}


def _boxes(connection: Connection) -> list[Box]:
    rows = connection.execute(sa.text("SELECT id, month, sealed FROM answer WHERE sealed IS NOT NULL"))
    return [Box(bytes(one), month, bytes(sealed)) for one, month, sealed in rows]


def _months(connection: Connection) -> list[tuple[str, bytes]]:
    rows = connection.execute(sa.text("SELECT month, wrapped FROM seal_month"))
    return [(month, bytes(wrapped)) for month, wrapped in rows]


def _unwrapped(month: str, wrapped: bytes, keys: Iterable[bytes]) -> Iterator[bytes]:
    for key in keys:
        with suppress(InvalidTag, ValueError):
            yield SUITE.decrypt(
                wrapped, X25519PrivateKey.from_private_bytes(key), info=b"stemme/month/v1" + month.encode()
            )


def _hpke(box: Box, key: bytes) -> Iterator[str]:
    info = b"stemme/text/v1" + box.answer_id + box.month.encode()
    for content in (box.content[1:], box.content):
        for bound in (info, b""):
            with suppress(InvalidTag, ValueError):
                yield _said(SUITE.decrypt(content, X25519PrivateKey.from_private_bytes(key), info=bound))


def _plain(box: Box, key: bytes) -> Iterator[str]:
    for bound in (box.answer_id, None):
        with suppress(InvalidTag, ValueError):
            yield _said(AESGCM(key).decrypt(box.content[:12], box.content[12:], bound))


def _said(padded: bytes) -> str:
    return padded[2 : 2 + int.from_bytes(padded[:2], "big")].decode("utf-8", "replace")


def _decoded(raw: Iterable[bytes]) -> Iterator[bytes]:
    for one in raw:
        for part in one.split(b","):
            with suppress(ValueError):
                yield base64.b64decode(part, validate=True)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
