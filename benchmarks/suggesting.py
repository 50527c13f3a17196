"""What the suggestions cost: learning from 20,000 texts, a ranking, a tone, a language, four weeks of new words."""

import gc
import random
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.core import weeks
from app.desk.moderation.suggesting import (
    hints,
    language,
    learning,
    new_words,
    sklearn_letters,
    suggestions,
    tone,
    training,
)
from benchmarks import vocabulary

TEXTS = 20_000
ASKED = 500
TODAY = date(2026, 3, 2)
PAGE = 4096  # bytes; what /proc counts in


@dataclass(frozen=True)
class Row:
    """A text as the count of words gets it."""

    id: bytes
    voice: bytes
    week: str
    site_code: str
    words: str


def learned() -> dict[str, float]:
    """Processor seconds and megabytes of a lesson with 20,000 voices, and milliseconds a text for what uses it."""
    chance = random.Random(1)
    coded = [_coded(chance, nth) for nth in range(TEXTS)]
    book, before = hints.shipped(), _megabytes()
    begun = time.process_time()
    model = learning.bayes(training.examples(book, coded))
    figures = {"train_s": time.process_time() - begun, "train_mb": _most_megabytes() - before}
    texts = [text for _, text, _ in coded[:ASKED]]
    figures["rank_ms"] = _milliseconds(lambda text: suggestions.rank(text, book, model), texts)
    figures["chips_ms"] = _milliseconds(lambda text: suggestions.chips(text, book, model), texts)
    figures["tone_ms"] = _milliseconds(tone.of, texts)
    figures["language_ms"] = _milliseconds(language.of, texts)
    figures["new_words_s"] = _new_words(chance, coded)
    if sklearn_letters.is_here():
        begun, before = time.process_time(), _megabytes()
        letters = learning.letters(training.examples(book, coded))
        figures["letters_train_s"], figures["letters_mb"] = time.process_time() - begun, _most_megabytes() - before
        figures["letters_rank_ms"] = _milliseconds(lambda text: suggestions.rank(text, book, letters), texts)
    for name, figure in figures.items():
        print(f"  {name:16} {figure:8.2f}")
    return figures


def _coded(chance: random.Random, nth: int) -> training.Coded:
    """An invented text among words of a long tail."""
    _, text, themes = chance.choice(training.seed_texts())
    said = [*text.split(), *vocabulary.words(chance, 10)]
    chance.shuffle(said)
    return nth.to_bytes(16, "big"), " ".join(said), themes or ("ADG",)


def _new_words(chance: random.Random, coded: list[training.Coded]) -> float:
    of_weeks = [weeks.week_of(TODAY - timedelta(weeks=back)) for back in range(40)]
    rows = [Row(at, at, chance.choice(of_weeks), f"S{nth % 40}", text) for nth, (at, text, _) in enumerate(coded)]
    begun = time.process_time()
    new_words.found(new_words.corpus(rows, TODAY))
    return time.process_time() - begun


def _milliseconds(act: Callable[[str], object], texts: list[str]) -> float:
    act(texts[0])
    begun = time.process_time()
    for text in texts:
        act(text)
    return 1000 * (time.process_time() - begun) / len(texts)


def _most_megabytes() -> float:
    """The most this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _megabytes() -> float:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6
