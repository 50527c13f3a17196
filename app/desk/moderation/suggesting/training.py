"""What a model learns from: the codebook's hints, the texts that ship with it, then what people coded."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.core.config import ROOT
from app.desk.moderation.suggesting import learning
from app.desk.moderation.suggesting.hints import HintBook
from app.desk.moderation.suggesting.learning import Example

SEED = ROOT / "content" / "seed_texts.json"
ENOUGH = 500
"""Coded voices from which on the invented texts are left out."""
MOST = 20_000
"""Coded voices learned from, of the latest weeks."""

Coded = tuple[bytes, str, tuple[str, ...]]
"""(voice, Danish words without names, keys of the themes)."""


def examples(book: HintBook, coded: Sequence[Coded] = ()) -> list[Example]:
    """Everything to learn from now."""
    seeds = seed_texts() if len({voice for voice, _, _ in coded}) < ENOUGH else ()
    said = [learning.example(text, themes, book, voice) for voice, text, themes in coded]
    seeded = [learning.example(text, themes, book, voice) for voice, text, themes in seeds]
    return [*_hints(book), *seeded, *without_lone_words(said)]


def without_lone_words(said: Sequence[Example]) -> list[Example]:
    """The same without words that only one voice uses: those tell more about a person than about a theme."""
    used = Counter(word for _, word in {(one.voice, word) for one in said for word in one.words})
    return [replace(one, words=tuple(word for word in one.words if used[word] > 1)) for one in said]


@cache
def seed_texts() -> tuple[Coded, ...]:
    """The invented texts, each its own voice."""
    items = json.loads(SEED.read_text("utf-8"))["items"]
    return tuple((item["id"].encode(), item["text"], tuple(item["themes"])) for item in items)


def _hints(book: HintBook) -> list[Example]:
    return [
        learning.example(hint.rstrip("*"), (book.theme_of(code),), book)
        for code, words in book.hints.items()
        for hint in words
    ]
