"""Which codes a text names by itself: the codebook's hint words, found by the rule in content/codebook.json."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.core.config import ROOT
from app.core.folding import fold
from app.desk.moderation.suggesting import danish

PATH = ROOT / "content" / "codebook.json"
COMPOUND = 5  # letters a starred hint needs before it may also stand inside a word
LONGEST_WORD = 60  # no Danish word is longer; a wall of letters must not cost time
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Hit:
    """One stretch of the text that names a code, in the person's own spelling."""

    code: str
    start: int  # in words
    end: int
    said: str


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    is_open: bool  # ends with a star: the last word may go on
    code: str

    def begins(self, tokens: list[str], at: int) -> bool:
        *firsts, last = self.words
        there = tokens[at : at + len(self.words)]
        if len(there) < len(self.words) or there[:-1] != firsts:
            return False
        return there[-1].startswith(last) if self.is_open else there[-1] == last


class HintBook:
    """Hint words made ready: every word of a text is looked up, no list is scanned."""

    def __init__(self, hints: Mapping[str, Iterable[str]]) -> None:
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for code, words in hints.items():
            for hint in words:
                self._add(code, hint)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def _add(self, code: str, hint: str) -> None:
        words = tuple(_LETTERS.findall(fold(hint)))
        is_open = hint.endswith("*")
        if len(words) > 1:
            self._phrases[words[0]].append(_Phrase(words, is_open, code))
        elif is_open:
            self._beginnings[words[0]].add(code)
        else:
            self._stems[danish.stem(words[0])].add(code)

    def hits(self, text: str) -> list[Hit]:
        """Every stretch that names a code; a word inside a phrase of the same code is not named twice."""
        said = _LETTERS.findall(unicodedata.normalize("NFC", text))
        tokens = [fold(word)[:LONGEST_WORD] for word in said]
        singles = {token: self._named_by(token) for token in set(tokens)}
        found: list[Hit] = []
        covered: set[tuple[str, int]] = set()
        for at, token in enumerate(tokens):
            for phrase in self._phrases.get(token, ()):
                if phrase.begins(tokens, at):
                    end = at + len(phrase.words)
                    found.append(Hit(phrase.code, at, end, " ".join(said[at:end])))
                    covered |= {(phrase.code, place) for place in range(at, end)}
            codes = (code for code in singles[token] if (code, at) not in covered)
            found += [Hit(code, at, at + 1, said[at]) for code in codes]
        return found

    def _named_by(self, token: str) -> set[str]:
        return self._stems.get(danish.stem(token), set()) | self._begun_in(token)

    def _begun_in(self, token: str) -> set[str]:
        codes: set[str] = set()
        for length in self._lengths:
            last = len(token) - length if length >= COMPOUND else 0
            for start in range(last + 1):
                codes |= self._beginnings.get(token[start : start + length], set())
        return codes


@cache
def shipped() -> HintBook:
    """The hints of the codebook that comes with the product."""
    book = json.loads(PATH.read_text("utf-8"))
    return HintBook({sub["key"]: sub["hints"] for theme in book["themes"] for sub in theme["sub"]})
