"""What somebody searches for: words, "words in a row", and -words that must not be there, all folded."""

import re
from dataclasses import dataclass

from app.core.folding import fold

LONGEST = 2000
"""Characters that are read of what was typed."""
MOST = 30
"""Words and phrases that are searched for; the rest is left out."""
SHORTEST_INDEXED = 3
"""Letters. Both indexes know a text by its threes."""
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True)
class Wanted:
    """Folded parts of a text that must be there, and that must not."""

    there: tuple[str, ...] = ()
    not_there: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.there or self.not_there)

    @property
    def indexed(self) -> tuple[str, ...]:
        """Those that an index can find."""
        return tuple(part for part in self.there if len(part) >= SHORTEST_INDEXED)

    def fits(self, text: str) -> bool:
        """Whether a text has it."""
        folded = fold(text)
        return all(part in folded for part in self.there) and not any(part in folded for part in self.not_there)


def parse(typed: str) -> Wanted:
    """What was typed, read like a mail client reads it; a quote that is not closed goes on to the end."""
    plain = _UNPRINTABLE.sub(" ", typed[:LONGEST])
    there: dict[str, None] = {}
    not_there: dict[str, None] = {}
    for minus, phrase, word in _TERM.findall(plain):
        part = " ".join(fold(phrase or word).split())
        if part and len(there) + len(not_there) < MOST:
            (not_there if minus else there)[part] = None
    return Wanted(tuple(there), tuple(not_there))
