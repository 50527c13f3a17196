"""Who may be in microdata: four answers in five, drawn once, when they are counted.

Nobody can tell from a file whether a person they know is in it at all; and since the draw is kept as a mark, two
exports of a half-year hold the same answers: what is in one and not in the other was taken back, and nothing else.
"""

from collections.abc import Iterable

from app.core import chance

LEFT_OUT = 5
"""One answer in so many is never in a file."""


def drawn(ids: Iterable[bytes]) -> dict[bool, list[bytes]]:
    """These answers, by whether they may be in a file."""
    found: dict[bool, list[bytes]] = {True: [], False: []}
    for id_ in ids:
        found[not chance.one_in(LEFT_OUT)].append(id_)
    return found
