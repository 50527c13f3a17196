"""Small sealed boxes under a symmetric key: AES-256-GCM, padded so that the size says nothing."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class CannotOpen(Exception):
    """The box was closed with another key, for another place, or is damaged."""


def pad(content: bytes, block: int) -> bytes:
    """2-byte length ‖ content ‖ zeros to the next multiple of `block`."""
    framed = len(content).to_bytes(2, "big") + content
    return framed + b"\0" * (-len(framed) % block)


def unpad(padded: bytes) -> bytes:
    """What was padded."""
    return padded[2 : 2 + int.from_bytes(padded[:2], "big")]


def close(key: bytes, content: bytes, *, bound_to: bytes, block: int = 512) -> bytes:
    """nonce ‖ AES-256-GCM(content padded to `block`); opens only with the same `bound_to`."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, pad(content, block), bound_to)


def open_(key: bytes, box: bytes, *, bound_to: bytes) -> bytes:
    """The content, or CannotOpen."""
    try:
        return unpad(AESGCM(key).decrypt(box[:_NONCE], box[_NONCE:], bound_to))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error
