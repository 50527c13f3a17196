"""Danish word stems. The only file that knows the stemmer."""

import Stemmer

_STEMMER = Stemmer.Stemmer("danish")


def stem(word: str) -> str:
    """What is left of a lower-case word without its Danish endings: toiletter → toilet."""
    return str(_STEMMER.stemWord(word))
