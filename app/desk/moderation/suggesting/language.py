"""Which language a text is in. The citizen's own choice is the truth; a guess only raises a question."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from app.core.config import ROOT
from app.desk.moderation.suggesting import cld

PATH = ROOT / "content" / "langid_da.json"
UNKNOWN = "und"
MIN_WORDS = 3
"""A guess from fewer words raises no question."""
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # with the apostrophe telephones type
_NOT_TEXT = frozenset({"Cc", "Cs", "Cn"})


@dataclass(frozen=True)
class Lists:
    """The words and languages the rule of content/langid_da.json knows."""

    final: frozenset[str]
    listed: frozenset[str]
    da: frozenset[str]
    nb: frozenset[str]
    sv: frozenset[str]
    en: frozenset[str]


def of(text: str) -> str:
    """The language of a text by CLD2 and the rule that rescues short Danish; `und` where nobody can tell."""
    plain = cleaned(text)
    words = [word.lower() for word in _LETTERS.findall(plain)]
    guess = cld.guess(plain) if words else None
    return _rescued(guess, words, lists()) if guess else UNKNOWN


def disagrees(text: str, chosen: str) -> str | None:
    """The language a text seems to be in, if that is not the chosen one and there is enough to go by."""
    found = of(text)
    if found in (UNKNOWN, chosen):
        return None
    is_enough = found in lists().final or len(_LETTERS.findall(cleaned(text))) >= MIN_WORDS
    return found if is_enough else None


def cleaned(text: str) -> str:
    """NFC without control characters (but tabs and new lines), non-characters and lone surrogates."""
    kept = (character for character in text if character in "\t\n" or unicodedata.category(character) not in _NOT_TEXT)
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def lists() -> Lists:
    """The lists as they are shipped."""
    document = json.loads(PATH.read_text("utf-8"))
    return Lists(**{name: frozenset(document[name]) for name in ("final", "listed", "da", "nb", "sv", "en")})


def _rescued(guess: str, words: Collection[str], known: Lists) -> str:
    if guess in known.final or guess == "da":
        return guess
    danish = _count(words, known.da)
    if guess in ("no", "nn"):
        return "da" if danish and not _count(words, known.nb) else "nb"
    if guess == "sv":
        return "sv" if _count(words, known.sv) or not danish else "da"
    if guess == "en":
        return "en" if _count(words, known.en) >= danish or not danish else "da"
    if guess in known.listed:
        return "da" if guess in ("pl", "nl") and danish and len(words) <= 2 else guess
    return _of_few_words(danish, words, known)


def _of_few_words(danish: int, words: Collection[str], known: Lists) -> str:
    """CLD2 named a language nobody writes here, or none."""
    if danish >= max(1, len(words) / 4):
        return "da"
    return "en" if _count(words, known.en) >= len(words) / 2 else UNKNOWN


def _count(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)
