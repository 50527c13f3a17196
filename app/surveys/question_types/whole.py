"""Whole-text matching: a text *is* one of some phrases, with at most two small words at its ends, or it is not."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from app.core.folding import fold_sms, words

Phrase = tuple[str, ...]
T = TypeVar("T")

MOST_FILLERS = 2
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # never figures: GH111 is another place than GH1
_LONGEST = 12  # words in a phrase or label
_FIRST_PLACES = 5  # two fillers of two words each may stand in front


class Phrases(dict[Phrase, T]):
    """Phrases and what each stands for, with the length of the longest so that a search stops there."""

    def __init__(self, phrases: Mapping[Phrase, T]) -> None:
        super().__init__(phrases)
        self.longest = max(map(len, phrases), default=0)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The phrase, what it stands for, and the words before and behind it."""

    phrase: Phrase
    meaning: T
    before: Phrase
    behind: Phrase


@lru_cache(maxsize=4096)
def folded(phrase: str) -> Phrase:
    """A phrase of our own as it is compared (never a citizen's text: this remembers what it is given)."""
    return tuple(words(fold_sms(phrase)))


def find(said: Sequence[str], phrases: Mapping[Phrase, T]) -> Found[T] | None:
    """The first phrase near the beginning, once or repeated; spelled out (S.T.O.P) and stretched (stooop) too."""
    for variant in _spellings(tuple(said)):
        for start in range(min(_FIRST_PLACES, len(variant))):
            phrase = longest_at(variant, start, phrases)
            if phrase:
                return _repeated(variant, start, phrase, phrases)
    return None


def is_one_of(said: Sequence[str], phrases: Mapping[Phrase, T], fillers: Collection[Phrase]) -> bool:
    """Whether the text as a whole is one of these, with at most two fillers around it."""
    found = find(said, phrases)
    return found is not None and only_fillers(found.before, found.behind, fillers)


def only_fillers(before: Phrase, behind: Phrase, fillers: Collection[Phrase]) -> bool:
    """Whether what stands around a phrase is at most two small words."""
    counts = (_fillers(before, fillers), _fillers(behind, fillers))
    return None not in counts and sum(count or 0 for count in counts) <= MOST_FILLERS


def longest_at(said: Phrase, start: int, phrases: Collection[Phrase]) -> Phrase | None:
    """The longest phrase that begins at this word."""
    longest = phrases.longest if isinstance(phrases, Phrases) else _LONGEST
    for length in range(min(longest, len(said) - start), 0, -1):
        if said[start : start + length] in phrases:
            return said[start : start + length]
    return None


def _repeated(said: Phrase, start: int, phrase: Phrase, phrases: Mapping[Phrase, T]) -> Found[T]:
    meaning = phrases[phrase]
    end = start + len(phrase)
    while (again := longest_at(said, end, phrases)) and phrases[again] == meaning:
        end += len(again)
    return Found(phrase, meaning, said[:start], said[end:])


def _fillers(said: Phrase, fillers: Collection[Phrase]) -> int | None:
    """How many fillers these words are; None if anything else is among them."""
    count, place = 0, 0
    while place < len(said):
        filler = longest_at(said, place, fillers)
        if filler is None:
            return None
        count, place = count + 1, place + len(filler)
    return count


def _spellings(said: Phrase) -> list[Phrase]:
    """As it stands, or letter by letter; with stretched letters once and twice (hellllp, passss) instead."""
    if any(_STRETCHED.search(word) for word in said):
        return [tuple(_STRETCHED.sub(keep, word) for word in said) for keep in (r"\1", r"\1\1")]
    if len(said) > 2 and all(len(word) == 1 for word in said):
        return [said, ("".join(said),)]
    return [said]
