"""Codes a telephone makes anew every half minute (RFC 6238): six digits, SHA-1, a secret of 160 bits."""

import hmac
from datetime import datetime

import pyotp

SECRET_LETTERS = 32
"""160 bits in base32."""
STEP = 30  # seconds
DIGITS = 6
ISSUER = "Gadens Stemme"


def new_secret() -> str:
    """A secret of 160 bits, in base32."""
    return pyotp.random_base32(SECRET_LETTERS)


def address(secret: str, name: str) -> str:
    """What a telephone reads from the QR code (`otpauth://totp/…`)."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def code(secret: str, step: int) -> str:
    """The code of one half minute, counted from 1970."""
    return pyotp.TOTP(secret).generate_otp(step)


def step_of(now: datetime) -> int:
    """The half minute of this instant."""
    return int(now.timestamp()) // STEP


def step_with(secret: str, typed: str, now: datetime) -> int | None:
    """The half minute whose code this is: the present one or a neighbour, since no two clocks agree.

    All three are compared, so the time says nothing. A code is good more than once: who asks keeps the step.
    """
    found = None
    for step in range(step_of(now) - 1, step_of(now) + 2):
        if hmac.compare_digest(code(secret, step).encode(), typed.encode()):
            found = step
    return found
