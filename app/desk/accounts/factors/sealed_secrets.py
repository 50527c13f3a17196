"""The secret a telephone shares with us, in a box, so that a stolen database makes no codes."""

from app.core import derived
from app.privacy import boxes
from app.privacy.boxes import CannotOpen

LABEL = "totp"
BLOCK = 64  # bytes: every secret fits one


def sealed(secret: str, bound_to: bytes) -> bytes:
    """The secret in a box that opens for this person or this session only (AES-256-GCM)."""
    return boxes.close(derived.keys(LABEL)[0], secret.encode(), bound_to=bound_to, block=BLOCK)


def opened(box: bytes, bound_to: bytes) -> tuple[str, bool] | None:
    """What is in the box, and whether its key is on the way out; None if no key of ours opens it for this one."""
    for nth, key in enumerate(derived.keys(LABEL)):
        try:
            return boxes.open_(key, box, bound_to=bound_to).decode(), nth > 0
        except CannotOpen:
            continue
    return None
