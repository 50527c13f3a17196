"""Whether a text holds a word of the alert list: any ending, and one letter wrong in longer words."""

from collections.abc import Iterable

from app.core import folding

FUZZY_FROM = 6  # letters; in shorter words one letter makes another word too often


def hit(text: str, listed: Iterable[str]) -> str | None:
    """The first word of the list that stands in the text; None if none does."""
    said = _parts(text)
    return next((word for word in listed if _stands(said, _parts(word))), None)


def begins_alike(word: str, listed: str) -> bool:
    """Whether a folded word is a listed one with any ending. From six letters on one letter may be wrong."""
    if listed.isdecimal():
        return word == listed
    if len(listed) < FUZZY_FROM:
        return word.startswith(listed)
    if not _begin_near(word[:2], listed[:2]):
        return False
    return any(within_one(word[:length], listed) for length in (len(listed), len(listed) - 1, len(listed) + 1))


def within_one(one: str, other: str) -> bool:
    """Whether one letter more, less or different, or two neighbours changed about, makes the same word."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == len(other) == 2 and one == other[::-1])


def _begin_near(one: str, other: str) -> bool:
    """Whether the first two letters leave it open: one slip moves or changes one of them. Quick, for most words."""
    return one[0] in other or other[0] in one or one[1:] == other[1:]


def _stands(said: list[str], phrase: list[str]) -> bool:
    """Whether the words of the phrase stand side by side."""
    if not any(begins_alike(word, first) for first in phrase[:1] for word in set(said)):
        return False
    places = range(len(said) - len(phrase) + 1)
    return bool(phrase) and any(
        all(begins_alike(said[place + at], word) for at, word in enumerate(phrase)) for place in places
    )


def _parts(text: str) -> list[str]:
    return folding.words(folding.fold(text))
