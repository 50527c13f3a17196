"""The alert list: the words that ship with the product, and what administrators changed."""

import tomllib
from functools import cache

from flask_babel import gettext as _

from app.core.config import ROOT
from app.desk.accounts import audit
from app.desk.moderation import changing
from app.desk.moderation.alerts import queries
from app.desk.moderation.alerts.models import LONGEST

SHORTEST = 3
FILE = ROOT / "content" / "alert_words.toml"


def words() -> tuple[str, ...]:
    """The list as it holds now, in order."""
    changes = queries.changes()
    on = {*shipped(), *(word for word, is_on in changes.items() if is_on)}
    return tuple(sorted(on - {word for word, is_on in changes.items() if not is_on}))


def add(written: str) -> str:
    """Put a word on the list; texts that wait are held against it again. The word as it stands there."""
    word = " ".join(written.lower().split())
    if not SHORTEST <= len(word) <= LONGEST or not any(sign.isalnum() for sign in word):
        raise changing.NotYet(_("Write a word of 3 to 40 letters."))
    if word not in words():
        _change(word, is_on=True)
        audit.record("alert.add", word)
    return word


def take_off(word: str) -> None:
    """Take a word off the list; nothing happens if it is not there."""
    if word in words():
        _change(word, is_on=False)
        audit.record("alert.remove", word)


@cache
def shipped() -> frozenset[str]:
    """The words of content/alert_words.toml."""
    return frozenset(tomllib.loads(FILE.read_text("utf-8"))["words"])


def _change(word: str, *, is_on: bool) -> None:
    queries.put(word, is_on=is_on)
    queries.match_again()
