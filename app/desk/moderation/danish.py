"""Danish word stems. The only file that knows the stemmer."""

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("danish")


def stem(word: str) -> str:
    """What is left of a lower-case word without its Danish endings: toiletter → toilet."""
    return str(_STEMMER.stemWord(word))
