"""The only file that knows TextBlob and the NLTK it brings: Danish word stems.

No corpora are used, so nothing is ever downloaded (`ignore_stopwords` would need one).
"""

from nltk.stem.snowball import SnowballStemmer

_STEMMER = SnowballStemmer("danish")  # type: ignore[no-untyped-call]


def stem(word: str) -> str:
    """What is left of a lower-case word without its Danish endings: toiletter → toilet."""
    return str(_STEMMER.stem(word))  # type: ignore[no-untyped-call]
