"""Holding new texts against the alert list and the chosen language, before anybody reads them.

Nothing of a text is kept but yes or no, and which other language it seems to be in.
"""

from app.core import config
from app.desk.moderation.alerts import listing, queries, words
from app.desk.moderation.suggesting import language
from app.privacy import sealing
from app.privacy.boxes import CannotOpen

AT_ONCE = 200
"""Texts opened in one run; the rest come with the next one, two seconds later."""


def match_new() -> int:
    """Mark the texts that hold an alert word or look like another language; how many were looked at.

    Nothing happens without the desk's key.
    """
    if not config.settings().sealing_private_keys:
        return 0
    new = queries.to_match(AT_ONCE)
    if new:
        listed, said = listing.words(), {row.answer_id: _opened(row.sealed, row.answer_id, row.month) for row in new}
        queries.matched([*said], [answer_id for answer_id, text in said.items() if words.hit(text, listed)])
        guesses = {row.answer_id: language.disagrees(said[row.answer_id], row.lang) for row in new}
        queries.guessed({answer_id: lang for answer_id, lang in guesses.items() if lang})
    return len(new)


def _opened(box: bytes | None, answer_id: bytes, month: str) -> str:
    """The words, or none where their key is gone."""
    try:
        return sealing.unseal(box, answer_id=answer_id, month=month) if box else ""
    except CannotOpen:
        return ""
