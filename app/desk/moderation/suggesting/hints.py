"""Which codes a text names by itself: the codebook's hint words, found by the rule in content/codebook.json."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from app.core.config import ROOT
from app.core.folding import fold
from app.desk.moderation.codebook.codes import Book
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
    hint: str
    """The codebook's word that found it."""


@dataclass(frozen=True)
class Word:
    """A word of a text: as it was written, and folded for comparing."""

    said: str
    folded: str


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    is_open: bool  # ends with a star: the last word may go on
    code: str
    hint: str

    def begins(self, tokens: list[str], at: int) -> bool:
        *firsts, last = self.words
        there = tokens[at : at + len(self.words)]
        if len(there) < len(self.words) or there[:-1] != firsts:
            return False
        return there[-1].startswith(last) if self.is_open else there[-1] == last


class HintBook:
    """Hint words made ready: every word of a text is looked up, no list is scanned."""

    def __init__(self, hints: Mapping[str, Iterable[str]], themes: Mapping[str, str] | None = None) -> None:
        """Hints by code. `themes` says which theme a code belongs to, where its key does not."""
        self.hints = {code: tuple(words) for code, words in hints.items()}
        self._themes = dict(themes or {})
        self._stems: dict[str, dict[str, str]] = defaultdict(dict)
        self._beginnings: dict[str, dict[str, str]] = defaultdict(dict)
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for code, words in self.hints.items():
            for hint in words:
                self._add(code, hint)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    @property
    def themes(self) -> tuple[str, ...]:
        """Every theme with a code in the book, in its order."""
        return tuple(dict.fromkeys(self.theme_of(code) for code in self.hints))

    def theme_of(self, code: str) -> str:
        """The theme of a code; by its key, unless it was moved."""
        return self._themes.get(code) or code.partition(".")[0]

    def _add(self, code: str, hint: str) -> None:
        words = tuple(_LETTERS.findall(fold(hint)))
        is_open = hint.endswith("*")
        if not words:
            return
        if len(words) > 1:
            self._phrases[words[0]].append(_Phrase(words, is_open, code, hint))
        elif is_open:
            self._beginnings[words[0]].setdefault(code, hint)
        else:
            self._stems[danish.stem(words[0])].setdefault(code, hint)

    def hits(self, text: str) -> list[Hit]:
        """Every stretch that names a code; a word inside a phrase of the same code is not named twice."""
        words = words_of(text)
        tokens = [word.folded for word in words]
        singles = {token: self._named_by(token) for token in set(tokens)}
        found: list[Hit] = []
        covered: set[tuple[str, int]] = set()
        for at, token in enumerate(tokens):
            for phrase in self._phrases.get(token, ()):
                if phrase.begins(tokens, at):
                    end = at + len(phrase.words)
                    said = " ".join(word.said for word in words[at:end])
                    found.append(Hit(phrase.code, at, end, said, phrase.hint))
                    covered |= {(phrase.code, place) for place in range(at, end)}
            named = singles[token].items()
            found += [Hit(code, at, at + 1, words[at].said, hint) for code, hint in named if (code, at) not in covered]
        return found

    def _named_by(self, token: str) -> dict[str, str]:
        return self._begun_in(token) | self._stems.get(danish.stem(token), {})

    def _begun_in(self, token: str) -> dict[str, str]:
        codes: dict[str, str] = {}
        for length in self._lengths:
            last = len(token) - length if length >= COMPOUND else 0
            for start in range(last + 1):
                codes |= self._beginnings.get(token[start : start + length], {})
        return codes


def words_of(text: str) -> list[Word]:
    """The runs of letters of a text, in order."""
    said = _LETTERS.findall(unicodedata.normalize("NFC", text))
    return [Word(word, fold(word)[:LONGEST_WORD]) for word in said]


@cache
def shipped() -> HintBook:
    """The hints of the codebook that comes with the product."""
    book = json.loads(PATH.read_text("utf-8"))
    return HintBook({sub["key"]: sub["hints"] for theme in book["themes"] for sub in theme["sub"]})


def of_book(book: Book) -> HintBook:
    """The hints of the codebook as it stands."""
    lines = [code for theme in book.themes for code in (theme.code, *theme.subs)]
    return _of_lines(tuple((line.key, line.parent_key, tuple(line.hints)) for line in lines))


@lru_cache(maxsize=4)
def _of_lines(lines: tuple[tuple[str, str | None, tuple[str, ...]], ...]) -> HintBook:
    """Made once for lines of (key, key of the theme above or none, hints)."""
    return HintBook({key: words for key, _, words in lines}, {key: parent or key for key, parent, _ in lines})
