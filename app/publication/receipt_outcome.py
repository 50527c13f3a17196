"""What a receipt code shows on any channel: received, read, theme, answer. Never the text, the place or the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from app.core import folding, i18n
from app.privacy import receipts, wordlist
from app.publication import themes, told
from app.publication.models import Told
from app.surveys import responses
from app.surveys.questions import Words

LONGEST = 200
"""Characters of a typed code that are looked at."""
_NEWEST = 3


@dataclass(frozen=True)
class About:
    """A main theme by language, and what was told back about it."""

    name: Words
    answers: Sequence[Told]


@dataclass(frozen=True)
class Status:
    """How far an answer has come."""

    is_read: bool
    themes: tuple[About, ...]
    can_be_deleted: bool


@dataclass(frozen=True)
class Misspelt:
    """A word no code has, and the word it may have been."""

    typed: str
    nearest: str | None


def status(typed: str) -> Status | None:
    """What the code shows; None alike for unknown and for malformed words."""
    found = receipts.find(typed)
    if found is None:
        return None
    codes = dict.fromkeys(themes.main(code) for code in found.themes.split(",") if code)
    return Status(found.is_read, tuple(_about(code) for code in codes), found.response_id is not None)


def withdraw(typed: str) -> bool:
    """Delete the answer behind the code with all that came of it; False if there is nothing to delete any more."""
    found = receipts.find(typed)
    if found is None or found.response_id is None:
        return False
    responses.delete(found.response_id)
    return True


def misspelt(typed: str) -> list[Misspelt]:
    """The words that stand in no code. The list of words is public, so this gives nothing away."""
    known = {folding.fold(word): word for word in wordlist.words()}
    strange = [word for word in folding.words(folding.fold(typed))[: receipts.LENGTH * 2] if word not in known]
    return [Misspelt(word, _nearest(word, known)) for word in strange]


def _nearest(word: str, known: dict[str, str]) -> str | None:
    close = get_close_matches(word[:20], known, n=1, cutoff=0.6)
    return known[close[0]] if close else None


def _about(code: str) -> About:
    lang = i18n.current()
    names = {known: themes.name(code, known) for known in ("da", "en")}
    own = themes.name(code, lang)
    if own not in names.values():  # else the name is really in the language it fell back to
        names[lang] = own
    return About(names, told.live(code)[:_NEWEST])
