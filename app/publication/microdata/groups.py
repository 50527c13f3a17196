"""Key groups: nobody stands in microdata beside fewer than nineteen others of the same half-year, region and kind.

A group of fewer is told of the whole country; if that is still too few, of any kind of place; and who even then would
stand among fewer is left out.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from app.publication.microdata.columns import ANY, COUNTRY

FEWEST = 20


class Key(NamedTuple):
    """Where an answer is from, as a file tells it; files without a region have the country everywhere."""

    region: str
    kind: str


def told(sizes: Mapping[Key, int]) -> dict[Key, Key | None]:
    """For each group as it is: what the file says instead. None: it is left out."""
    found: dict[Key, Key | None] = {key: key for key in sizes}
    for wider in (_whole_country, _any_kind, lambda _key: None):
        joined: Counter[Key] = Counter()
        for key, n in sizes.items():
            if (now := found[key]) is not None:
                joined[now] += n
        for key, now in found.items():
            if now is not None and joined[now] < FEWEST:
                found[key] = wider(now)
    return found


def _whole_country(key: Key) -> Key:
    return Key(COUNTRY, key.kind)


def _any_kind(_key: Key) -> Key:
    return Key(COUNTRY, ANY)
