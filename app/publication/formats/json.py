"""The release for machines: the form its hash is taken over, and the one a reader can attack."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from app.publication.formats.base import Document, Edition, Piece

FORMAT = "gadens-stemme-release-1"
NO_HASH = "sha256:" + "0" * 64
"""What the first release of all names as the hash before it."""


def render(edition: Edition) -> Iterable[Piece]:
    """The document, readable, with its hash."""
    yield Piece(json.dumps(edition.document, ensure_ascii=False, indent=1).encode() + b"\n")


def canonical(document: Document) -> bytes:
    """The bytes the hash is over: the same document without its hash, keys sorted, no spaces, NFC."""
    content = json.dumps({**document, "hash": None}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", content).encode()


def hash_of(document: Document) -> str:
    """sha256:… of the canonical form."""
    return f"sha256:{hashlib.sha256(canonical(document)).hexdigest()}"


def read(content: bytes) -> dict[str, Any]:
    """A stored document."""
    document: dict[str, Any] = json.loads(content)
    return document
