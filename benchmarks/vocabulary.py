"""Words for invented texts, with a long tail as a real vocabulary has."""

import random

SYLLABLES = ("ba", "ke", "lo", "mi", "ræ", "sto", "ven", "dig", "hus", "gå", "tø", "per", "un", "fra", "ske", "lig")
LARGEST = 40_000


def words(chance: random.Random, n: int) -> list[str]:
    """So many words, some of them often and most of them seldom."""
    return [_word(min(int(chance.paretovariate(0.6)), LARGEST)) for _ in range(n)]


def _word(rank: int) -> str:
    """The word of this rank, always the same."""
    parts = []
    while rank:
        rank, part = divmod(rank, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts)
