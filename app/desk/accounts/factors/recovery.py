"""Recovery codes: eight on paper, each of 80 bits and good for one sign-in without the telephone."""

import hashlib
import secrets

from app.desk.accounts.factors import queries

MANY = 8
LETTERS = 16
"""Of 32 letters and digits: 80 bits, so a plain hash is enough and no key of ours has to outlive them."""
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""None of l, o, 0, 1, which look alike on paper."""


def make(user_id: bytes) -> list[str]:
    """Eight new codes, in groups of four; the old ones open nothing any more."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(MANY)]
    queries.replace_codes(user_id, [_hash(user_id, one) for one in codes])
    return ["-".join(one[at : at + 4] for at in range(0, LETTERS, 4)) for one in codes]


def spend(user_id: bytes, typed: str) -> bool:
    """Use a code up; False if it is none of this person's, or was used before."""
    letters = "".join(letter for letter in typed.casefold() if letter.isalnum())
    return len(letters) == LETTERS and queries.spend(user_id, _hash(user_id, letters))


def _hash(user_id: bytes, code: str) -> bytes:
    return hashlib.sha256(user_id + code.encode()).digest()
