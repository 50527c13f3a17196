"""What the pages without cookies carry along: a token sealed under a day key, and a form remembered once.

A token lands in the browser's history, so it is sealed and not only signed: it means nothing there,
and nothing anywhere once its day key is dead.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.privacy import boxes, queries
from app.privacy.boxes import CannotOpen
from app.privacy.keys import DayKey

BUCKET = 600  # seconds: a token knows its age no finer
_BLOCK = 192  # one size for every short run of answers, so that the length of an address says little
_LONGEST = 4096  # characters; no token of ours comes near


@dataclass(frozen=True)
class Opened:
    """What a token held, how many buckets old it is, and the day key it lives and dies with."""

    key: DayKey
    age: int
    content: Any


def web_token_key(key: DayKey) -> bytes:
    """Seals the state of a citizen's pages on this key's day, 32 bytes."""
    return key.mac("web", "token")


def seal(key: DayKey, content: Any, *, bound_to: str, now: datetime) -> str:
    """The token of `content` (JSON), readable only for the page it is bound to."""
    plain = json.dumps([_bucket(now), content], ensure_ascii=False, separators=(",", ":")).encode()
    box = boxes.close(web_token_key(key), plain, bound_to=bound_to.encode(), block=_BLOCK)
    return base64.urlsafe_b64encode(box).decode().rstrip("=")


def open_(token: str, keys: tuple[DayKey, ...], *, bound_to: str, now: datetime) -> Opened | None:
    """What is in it; None for a token that is damaged, of another page, or whose day key is dead."""
    try:
        box = base64.b64decode(token[:_LONGEST] + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    for key in keys:
        try:
            bucket, content = json.loads(boxes.open_(web_token_key(key), box, bound_to=bound_to.encode()))
        except CannotOpen:
            continue
        return Opened(key, max(0, _bucket(now) - bucket), content)
    return None


def remember(key: DayKey, nonce: str, answered: str) -> None:
    """Keep what was answered to a form; IntegrityError if the same form came in at the same moment."""
    box = boxes.close(key.mac("form-box", nonce), answered.encode(), bound_to=_form(key, nonce), block=32)
    queries.see(_form(key, nonce), key.epoch, box)


def answered_before(key: DayKey, nonce: str) -> str | None:
    """What was answered when this form came the first time, if it came."""
    row = queries.seen([_form(key, nonce)])
    if row is None:
        return None
    return boxes.open_(key.mac("form-box", nonce), row.box, bound_to=row.mid).decode()


def receipt_seed(key: DayKey, nonce: str, attempt: int) -> bytes:
    """Draws the same words again when the thanks page is loaded again; nothing readable is stored."""
    return key.mac("receipt", f"{nonce} {attempt}")


def _form(key: DayKey, nonce: str) -> bytes:
    return key.mac("form", nonce)


def _bucket(now: datetime) -> int:
    return int(now.timestamp()) // BUCKET
