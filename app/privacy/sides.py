"""That the two sides of the house have different secrets, as far as a database they share can know it."""

import hashlib
import hmac
from collections.abc import Iterator

from app.core import config, db, derived
from app.privacy import queries
from app.privacy.models import SideMark


def faults() -> Iterator[str]:
    """One line if a secret of this side was ever one of the other."""
    side = config.settings().side
    others = (db.db.session.get(SideMark, mark) for mark in _marks() if side != "all")
    if any(one.side != side for one in others if one):
        yield "STEMME_SECRET_KEY is one that the other side has used: each side needs its own"


def leave_marks() -> None:
    """Let the other side know our secrets again, should it be given one of them."""
    side = config.settings().side
    for mark in _marks() if side != "all" else ():
        if db.db.session.get(SideMark, mark) is None:
            queries.add_mark(mark, side)


def _marks() -> tuple[bytes, ...]:
    return tuple(hmac.digest(key, b"side", hashlib.sha256) for key in derived.keys("side"))
