"""Many records in little memory: each is one number, so that a million fit beside a web page's work."""

import secrets
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from app.publication.microdata.groups import Key

KNOWN_AT_ONCE = 50_000
"""Different records whose words are kept at hand while a file is written."""


class Pack:
    """Records as whole numbers below 2^64: which group, and which value of every column."""

    def __init__(self, columns: Sequence[Sequence[str]]) -> None:
        """`columns`: everything each of them may hold."""
        self._codes = [tuple(codes) for codes in columns]
        self._number = [{code: nth for nth, code in enumerate(codes)} for codes in self._codes]
        self._keys: dict[Key, int] = {}
        self._groups = array("H")
        self._packed = array("Q")

    def add(self, key: Key, said: Sequence[str]) -> None:
        """Take in one record."""
        number = 0
        for codes, known, value in zip(self._codes, self._number, said, strict=True):
            number = number * len(codes) + known[value]
        self._groups.append(self._keys.setdefault(key, len(self._keys)))
        self._packed.append(number)

    @property
    def sizes(self) -> Mapping[Key, int]:
        """How many there are of each group."""
        counted = Counter(self._groups)
        return {key: counted[nth] for key, nth in self._keys.items()}

    def shuffled(self) -> Iterator[tuple[Key, tuple[str, ...]]]:
        """Every record with its group, in an order that says nothing and is another one each time."""
        keys = list(self._keys)
        said = lru_cache(KNOWN_AT_ONCE)(self._said)
        order = array("L", range(len(self._packed)))
        secrets.SystemRandom().shuffle(order)
        for nth in order:
            yield keys[self._groups[nth]], said(self._packed[nth])

    def _said(self, number: int) -> tuple[str, ...]:
        found = []
        for codes in reversed(self._codes):
            number, nth = divmod(number, len(codes))
            found.append(codes[nth])
        return tuple(reversed(found))
