"""What a model that learns sees of a text: word stems, beginnings of words, and the codes whose hints it holds."""

from collections.abc import Iterable

from app.desk.moderation.suggesting import danish

BEGINNING = 5
"""Letters at the beginning of a word that count for themselves, so that compounds and odd endings still meet."""


def of_word(word: str) -> list[str]:
    """The features of one folded word. Their first letter keeps a stem, a beginning and a code apart."""
    stem = f"s:{danish.stem(word)}"
    return [stem, f"b:{word[:BEGINNING]}"] if len(word) >= BEGINNING else [stem]


def of_text(words: Iterable[str], hinted: Iterable[str]) -> list[str]:
    """The features of a text from its folded words and the codes hinted at, each once."""
    found = [feature for word in words for feature in of_word(word)]
    return list(dict.fromkeys([*found, *(f"h:{code}" for code in hinted)]))
