"""Holding new texts against the alert list, before anybody reads them. Nothing of a text is kept but yes or no."""

from app.core import config
from app.desk.moderation.alerts import listing, queries, words
from app.privacy import sealing
from app.privacy.boxes import CannotOpen

AT_ONCE = 200
"""Texts opened in one run; the rest come with the next one, two seconds later."""


def match_new() -> int:
    """Mark the texts that hold an alert word; how many were looked at. Nothing happens without the desk's key."""
    if config.settings().sealing_private_key is None:
        return 0
    new = queries.to_match(AT_ONCE)
    if new:
        listed = listing.words()
        hits = [row.answer_id for row in new if words.hit(_opened(row.sealed, row.answer_id, row.month), listed)]
        queries.matched([row.answer_id for row in new], hits)
    return len(new)


def _opened(box: bytes | None, answer_id: bytes, month: str) -> str:
    """The words, or none where their key is gone."""
    try:
        return sealing.unseal(box, answer_id=answer_id, month=month) if box else ""
    except CannotOpen:
        return ""
