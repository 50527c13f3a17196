"""The words receipts are made of: read once, checked line by line."""

import re
from functools import cache
from pathlib import Path

from app.core.config import ROOT
from app.core.errors import Refusal
from app.core.folding import fold

PATH = ROOT / "content" / "receipt_words.txt"
FEWEST = 1024  # ten bits a word, forty bits a receipt
# 3–7 letters keep the widest code at 31 characters, and these letters are all GSM-7.
_EASY = re.compile(r"[a-zæøå]{3,7}")


class WordListRefused(Refusal):
    """The list would make codes that are easy to guess, or that two people could read differently."""


@cache
def words() -> tuple[str, ...]:
    """The words as people see them, in the order of the file: shortest first."""
    return read(PATH)


def read(path: Path) -> tuple[str, ...]:
    """The words of a file, one a line; refuses odd letters, doubles (also æ/ae, ø/oe, å/aa) and short lists."""
    seen: dict[str, str] = {}
    for number, word in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not _EASY.fullmatch(word):
            raise WordListRefused(f"{path.name}:{number}: {word!r} is not 3-7 letters from a to å.")
        if fold(word) in seen:
            raise WordListRefused(f"{path.name}:{number}: {word!r} reads like {seen[fold(word)]!r}.")
        seen[fold(word)] = word
    if len(seen) < FEWEST:
        raise WordListRefused(f"{path.name}: {len(seen)} words, at least {FEWEST} are needed.")
    return tuple(seen.values())
