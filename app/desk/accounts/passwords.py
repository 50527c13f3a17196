"""Passwords: what is too easy to guess, how they are kept (argon2id), and how one is made for somebody."""

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _

from app.core import config
from app.core.errors import Refusal

SHORTEST, LONGEST = 15, 128
LEAST = 8  # two for each different common word, one for each different letter besides: four words will do
COMMON = config.ROOT / "content" / "common_passwords.txt"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another when read aloud

# 46 MiB, two passes, one lane: about 0.1 s. The library's own default of four lanes takes 0.5 s on two cores.
_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_room = threading.BoundedSemaphore(2)  # a crowd at the door waits, and takes no more than 92 MiB


class PasswordRefused(Refusal):
    """A new password that is too short, too long or too easy to guess."""


def check_new(password: str, *, name: str) -> None:
    """Refuse a password that somebody could guess."""
    if len(password) < SHORTEST:
        raise PasswordRefused(_("Use at least %(number)s characters. A short sentence is good.", number=SHORTEST))
    if len(password) > LONGEST:
        raise PasswordRefused(_("Use at most %(number)s characters.", number=LONGEST))
    if _is_common(password, name):
        raise PasswordRefused(_("This password is easy to guess. Choose words that do not belong together."))


def hashed(password: str) -> str:
    """The password as it is stored."""
    with _room:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; takes the same time when there is nobody to compare with."""
    try:
        nobody = _nobody()
        with _room:
            is_right = _hasher.verify(stored or nobody, password[: LONGEST + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return is_right and bool(stored)


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def first() -> tuple[str, str]:
    """A password for somebody else to begin with, and how it is stored. Takes time: call it before a transaction."""
    password = made_up()
    return password, hashed(password)


def made_up() -> str:
    """A first password: four groups of four, about 79 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _is_common(password: str, name: str) -> bool:
    """Whether it is little more than a few common words and the person's name, with digits and signs between."""
    left, words = _letters(password), 0
    left = left.replace(_letters(name), "")
    for word in _common_words():
        if word in left:
            left, words = left.replace(word, " "), words + 1
    return 2 * words + len(set(left) - {" "}) < LEAST


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


@cache
def _common_words() -> tuple[str, ...]:
    """Longest first, so that `sommerferie` goes before `sommer`."""
    lines = COMMON.read_text("utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe(16))
