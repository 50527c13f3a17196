"""Four easy words, taken or not: what happened to what I said, and the power to take it back.

Only HMAC(K_receipt, words) is stored. Unknown and malformed words get the same answer.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from app.core import derived, folding
from app.privacy import queries, wordlist
from app.privacy.queries import Found

LENGTH = 4


def draw(seed: bytes | None = None) -> tuple[str, ...]:
    """Four words of the list (40 bits); from `seed` where a reload must show the same ones."""
    known = wordlist.words()[:1024]
    if seed is None:
        return tuple(secrets.choice(known) for _ in range(LENGTH))
    bits = int.from_bytes(hashlib.sha256(seed).digest()[:5], "big")
    return tuple(known[bits >> (10 * place) & 1023] for place in range(LENGTH))


def issue(response_id: bytes, week: str) -> tuple[str, ...]:
    """Draw words nobody holds, and remember their tag for this response."""
    words = draw()
    while queries.receipt_exists(tag(words)):
        words = draw()
    queries.add_receipt(tag(words), response_id, week)
    return words


def parse(text: str) -> tuple[str, ...] | None:
    """The four words of what a person typed: any case, hyphen, comma or space, æøå or ae oe aa."""
    typed = tuple(folding.words(folding.fold(text)))
    return typed if len(typed) == LENGTH else None


def find(text: str) -> Found | None:
    """The receipt of these words; None alike for unknown and for malformed ones."""
    typed = parse(text) or ("",)
    return queries.receipt([_tag(typed, key) for key in derived.keys("receipt")])


def tag(words: Sequence[str]) -> bytes:
    """HMAC-SHA256 of the folded words under K_receipt, 32 bytes."""
    return _tag(words, derived.keys("receipt")[0])


def _tag(words: Sequence[str], key: bytes) -> bytes:
    folded = " ".join(folding.fold(word) for word in words)
    return hmac.digest(key, folded.encode(), hashlib.sha256)
