"""What a model learns from: the codebook's hints, the texts that ship with it, then what people coded."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
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

Coded = tuple[str, Iterable[str]]
"""A masked text with the keys of its themes."""


def examples(book: HintBook, coded: Sequence[Coded] = ()) -> list[Example]:
    """Everything to learn from now. A text without a theme teaches nothing."""
    voices = [learning.example(text, themes, book) for text, themes in coded]
    seeds = seed_texts() if len(coded) < ENOUGH else ()
    seeded = [learning.example(text, themes, book) for text, themes in seeds]
    return [*_hints(book), *seeded, *without_lone_words(voices)]


def without_lone_words(voices: Sequence[Example]) -> list[Example]:
    """The voices without words that only one of them uses: those tell more about a person than about a theme."""
    used = Counter(word for voice in voices for word in set(voice.words))
    return [replace(voice, words=tuple(word for word in voice.words if used[word] > 1)) for voice in voices]


@cache
def seed_texts() -> tuple[Coded, ...]:
    """The invented texts with their themes."""
    items = json.loads(SEED.read_text("utf-8"))["items"]
    return tuple((item["text"], tuple(item["themes"])) for item in items)


def _hints(book: HintBook) -> list[Example]:
    return [
        learning.example(hint.rstrip("*"), (book.theme_of(code),), book, is_voice=False)
        for code, words in book.hints.items()
        for hint in words
    ]
