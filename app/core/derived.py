"""Purpose-bound keys from the secret key: HKDF-SHA256 with one label a purpose, newest key first."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core import config


def keys(label: str) -> tuple[bytes, ...]:
    """The 32-byte keys of a purpose: sign with the first, accept any while keys rotate."""
    return tuple(_derive(secret, label) for secret in config.settings().secret_keys)


@lru_cache(maxsize=32)
def _derive(secret: bytes, label: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=label.encode()).derive(secret)
