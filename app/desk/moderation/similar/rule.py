"""When two texts are look-alikes, and which words they differ in. Pure; the only file that knows rapidfuzz.

Folded words without punctuation, `token_sort_ratio` of at least 85, the same negations, the same numbers,
and no word swapped for another one: "mere mad" and "mindre mad" look alike and are not. A misspelling is
no other word, and words that stand in one text only ("tak", "hilsen mig") make no difference.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import DamerauLevenshtein

from app.core import folding

ALIKE = 85
NEGATIONS = frozenset((
    "ikke", "ikk", "ik", "aldrig", "aldri", "ingen", "intet", "ingenting", "hverken", "ej", "uden",
    "not", "no", "never", "none", "nothing", "without", "cannot", "dont", "doesnt", "didnt", "isnt", "wasnt",
))  # fmt: skip
NUMBERS = frozenset((
    "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
))  # fmt: skip
SHORTEST_INDEXED = 3
"""Letters; the index of the search holds runs of three."""
LARGEST = 50
"""A group grows no further: what is said a hundred times is a theme, not a look-alike."""


@dataclass(frozen=True)
class Run:
    """Words in a row, which the other text has too or has not."""

    text: str
    is_other: bool


def plain(text: str) -> str:
    """What texts are compared by: their folded words."""
    return " ".join(folding.words(folding.fold(text)))


def longest_words(text: str, many: int = 3) -> list[str]:
    """The longest words of a text, folded: look-alikes nearly always share two of the three."""
    words = {word for word in plain(text).split() if len(word) >= SHORTEST_INDEXED}
    return sorted(words, key=lambda word: (-len(word), word))[:many]


def same(one: str, other: str) -> bool:
    """Whether two plain texts are look-alikes."""
    return fuzz.token_sort_ratio(one, other) >= ALIKE and _says_the_same(one, other)


def group(seed: str, others: Mapping[bytes, str]) -> list[bytes]:
    """The texts connected to `seed` through look-alikes, nearest first: folded texts by id, at most 50."""
    left, now = dict(others), [plain(seed)]
    found: list[bytes] = []
    while now and len(found) < LARGEST:
        at = now.pop(0)
        # Its own processor takes the punctuation away many times faster than ours would for every text.
        near = process.extract(
            at, left, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=ALIKE, limit=None
        )
        for said, _score, key in near:
            if _says_the_same(at, plain(said)):
                found.append(key)
                now.append(plain(said))
                del left[key]
    return found[:LARGEST]


def differing(text: str, beside: str) -> list[Run]:
    """`text` in runs of words that `beside` has in the same place, or has not; whatever the spelling of case."""
    words, theirs = text.split(), beside.split()
    matching = SequenceMatcher(None, [*map(plain, words)], [*map(plain, theirs)], autojunk=False)
    blocks = [(block.a, block.a + block.size) for block in matching.get_matching_blocks()]
    edges = [0, *(edge for block in blocks for edge in block), len(words)]
    return [
        Run(" ".join(words[start:end]), is_other=nth % 2 == 0)
        for nth, (start, end) in enumerate(pairwise(edges))
        if start < end
    ]


def _says_the_same(one: str, other: str) -> bool:
    first, second = one.split(), other.split()
    if _marked(first) != _marked(second):
        return False
    only_here, only_there = _leftover(first, second), _leftover(second, first)
    for word in tuple(only_here):
        near = min(only_there, key=lambda theirs: DamerauLevenshtein.distance(word, theirs), default=None)
        if near is not None and _is_misspelt(word, near):
            only_here.remove(word)
            only_there.remove(near)
    # What is left may be one word written as two: "alt for", "altfor".
    return not (only_here and only_there) or _is_misspelt("".join(only_here), "".join(only_there))


def _marked(words: Iterable[str]) -> Counter[str]:
    """The negations and the numbers of a text."""
    return Counter(
        word for word in words if word in NEGATIONS or word in NUMBERS or any(sign.isdigit() for sign in word)
    )


def _leftover(words: Iterable[str], others: Iterable[str]) -> list[str]:
    return list((Counter(words) - Counter(others)).elements())


def _is_misspelt(word: str, other: str) -> bool:
    """One slip in a short word, one in every three letters of a longer one."""
    return DamerauLevenshtein.distance(word, other) <= max(1, min(len(word), len(other)) // 3)
