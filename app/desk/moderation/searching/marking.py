"""Where in a text stands what was searched for, so that it can be marked."""

from dataclasses import dataclass
from itertools import accumulate

from app.core.folding import fold
from app.desk.moderation.searching.wanted import Wanted


@dataclass(frozen=True)
class Piece:
    """A run of the text, in its own spelling."""

    text: str
    is_found: bool


def pieces(text: str, wanted: Wanted) -> list[Piece]:
    """The text in runs; what was found one by one, even where it touches."""
    spelled = [fold(character) for character in text]
    folded, starts = "".join(spelled), [0, *accumulate(map(len, spelled))]
    marked = [False] * len(folded)
    for part in wanted.there:
        at = folded.find(part)
        while at >= 0:
            marked[at : at + len(part)] = [True] * len(part)
            at = folded.find(part, at + len(part))
    runs: list[Piece] = []
    for character, start, end in zip(text, starts, starts[1:], strict=False):
        is_found = any(marked[start:end])
        if runs and runs[-1].is_found == is_found:
            runs[-1] = Piece(runs[-1].text + character, is_found)
        else:
            runs.append(Piece(character, is_found))
    return runs
