"""A text as the patterns read it: one kind of space, hyphen and digit, nothing invisible, and the way back."""

import unicodedata
from dataclasses import dataclass

_INVISIBLE = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True)
class Folded:
    """`text` for the patterns; character i of it stands at `starts[i]` to `ends[i]` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text lies in the original, in code points."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """NFKC where one character stays one, plain digits, invisible characters out, marks joined to their letter."""
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        if unicodedata.category(character) not in _INVISIBLE:
            kept.append(_plain(character))
            starts.append(at)
            ends.append(at + 1)
        elif kept and (joined := _joined(kept[-1], character)):
            kept[-1], ends[-1] = joined, at + 1
    return Folded("".join(kept), tuple(starts), tuple(ends))


def _plain(character: str) -> str:
    if character.isascii():
        return " " if character in "\t\v\f" else character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    category = unicodedata.category(character)
    if category == "Pd" or character == "−":
        return "-"
    if category == "Zs":
        return " "
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character


def _joined(letter: str, mark: str) -> str | None:
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else None
