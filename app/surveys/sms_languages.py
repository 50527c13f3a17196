"""Which languages text messages go out in, and how many parts one may take in each."""

from app.core.i18n import REVIEWED

_ONE_PART = frozenset({"da", "en"})


def spoken(lang: str) -> str:
    """The language a text goes out in: the person's if it is reviewed, else Danish for Greenlandic, else English."""
    if lang in REVIEWED:
        return lang
    return "da" if lang == "kl" else "en"


def most_segments(lang: str) -> int:
    """One part in Danish and English. Other languages have longer words or a dearer alphabet: two."""
    return 1 if lang in _ONE_PART else 2
