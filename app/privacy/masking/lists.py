"""The word lists of content/names, read once: names, words that are none, and the words behind the rules."""

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache

from app.core.config import ROOT
from app.core.folding import fold

FOLDER = ROOT / "content" / "names"
_LETTERS_OF_THEIR_OWN = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "’": "'"})
_BARE = str.maketrans({"æ": "e", "ø": "o", "å": "a"})
SHORTEST_BARE = 4  # 'Åse' may be written 'ase', but three letters are too few to guess from
SHORTEST_SOUND = 5
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("ch", "k"), ("kh", "k"), ("dh", "d"), ("gh", "g"), ("tz", "s"), ("aa", "a"),
    ("ou", "u"), ("oe", "o"), ("ae", "e"), ("ie", "i"), ("ee", "i"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("w", "v"), ("x", "ks"), ("y", "i"), ("j", "i"),
)  # fmt: skip


def key(word: str) -> str:
    """How a word is looked up: folded, with the letters of other alphabets made plain."""
    return fold(word.lower().translate(_LETTERS_OF_THEIR_OWN))


def sound(folded: str) -> str:
    """One key for Benthe and Bente, Michael and Mikael, Khalid and Kalid."""
    for spelled, said in _SOUNDS:
        folded = folded.replace(spelled, said)
    return "".join(c for i, c in enumerate(folded) if i == 0 or c != folded[i - 1])


@cache
def given() -> frozenset[str]:
    """Given names, also as typed without æ, ø, å."""
    return frozenset(key for name in _read("given.txt") for key in _spellings(name)) - ambiguous()


@cache
def given_sounds() -> frozenset[str]:
    """Given names by their sound, the short ones left out."""
    return frozenset(sound(key) for key in given() if len(key) >= SHORTEST_SOUND)


@cache
def ambiguous() -> frozenset[str]:
    """Names that are ordinary words too."""
    return frozenset(key(name) for name in _read("ambiguous.txt"))


@cache
def surnames() -> frozenset[str]:
    """Family names that no ending gives away."""
    return frozenset(key for name in _read("surnames.txt") for key in _spellings(name))


@cache
def ordinary() -> frozenset[str]:
    """Words that are never names by themselves, towns among them."""
    return frozenset(key(word) for word in _read("ordinary.txt")) | towns()


@cache
def towns() -> frozenset[str]:
    """Towns and quarters, which need no mask and may stand behind a postcode."""
    return frozenset(key(word) for word in _read("towns.txt"))


@cache
def rule(name: str) -> frozenset[str]:
    """The folded words of one list of rules.toml."""
    return frozenset(_rules()[name])


@cache
def endings(name: str) -> tuple[str, ...]:
    """The same as a tuple, for `str.endswith` and `str.startswith`."""
    return tuple(_rules()[name])


@cache
def cues() -> frozenset[tuple[str, ...]]:
    """What stands before a name, word by word."""
    return frozenset(tuple(key(word) for word in cue.split()) for cue in _rules()["cues"])


@cache
def _rules() -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / "rules.toml").read_text("utf-8"))


def _read(filename: str) -> Iterator[str]:
    for line in (FOLDER / filename).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from unicodedata.normalize("NFC", line).split()


def _spellings(name: str) -> set[str]:
    bare = fold(name.lower().translate(_LETTERS_OF_THEIR_OWN).translate(_BARE))
    return {key(name), bare} if len(name) >= SHORTEST_BARE else {key(name)}
