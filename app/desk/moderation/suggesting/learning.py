"""A model that learned from what people coded: how likely each theme is, and which words of a text say so."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.desk.moderation.suggesting import danish, features
from app.desk.moderation.suggesting.hints import HintBook, words_of
from app.desk.moderation.suggesting.sklearn_letters import Letters
from app.desk.moderation.suggesting.textblob_danish import Bayes

LONE = 0.3
"""A word names a theme when it makes that theme at least so likely all by itself …"""
VOICES = 2
"""… and at least so many voices that were coded with the theme have it."""

Guess = Callable[[Sequence[str], Collection[str]], Mapping[str, float]]
"""(folded words, codes hinted at) → the chance of each theme."""


@dataclass(frozen=True)
class Example:
    """A text to learn from: its folded words, the codes they hint at, its themes."""

    words: tuple[str, ...]
    hinted: tuple[str, ...]
    themes: tuple[str, ...]
    voice: bytes | None = None
    """Who said it; None for a hint that stands for a text, because nobody did."""

    @property
    def rows(self) -> list[tuple[list[str], str]]:
        """(features, theme), one for each theme."""
        found = features.of_text(self.words, self.hinted)
        return [(found, theme) for theme in self.themes]


@dataclass(frozen=True)
class Model:
    """What was learned. It remembers words of texts, so it lives in memory only and is made anew every night."""

    guess: Guess
    level: int
    seen: Mapping[tuple[str, str], int]
    """(stem, theme) → voices."""

    def chances(self, words: Sequence[str], hinted: Collection[str]) -> Mapping[str, float]:
        """How likely each theme is, together one."""
        return self.guess(words, hinted)

    def naming(self, words: Iterable[str], theme: str) -> frozenset[str]:
        """The words, of these folded ones, that name this theme by themselves."""
        return frozenset(
            word
            for word in set(words)
            if self.seen.get((danish.stem(word), theme), 0) >= VOICES and self.guess([word], ()).get(theme, 0) >= LONE
        )


def example(text: str, themes: Iterable[str], book: HintBook, voice: bytes | None = None) -> Example:
    """A text made ready."""
    hinted = dict.fromkeys(hit.code for hit in book.hits(text))
    return Example(tuple(word.folded for word in words_of(text)), tuple(hinted), tuple(themes), voice)


def bayes(examples: Sequence[Example]) -> Model:
    """Level 1: TextBlob's naive Bayes."""
    return Model(Bayes(row for one in examples for row in one.rows), 1, voices_by_stem(examples))


def letters(examples: Sequence[Example]) -> Model:
    """Level 2: scikit-learn's logistic regression over runs of letters."""
    rows = ((one.words, one.hinted, theme) for one in examples for theme in one.themes)
    return Model(Letters(rows), 2, voices_by_stem(examples))


def voices_by_stem(examples: Iterable[Example]) -> Mapping[tuple[str, str], int]:
    """How many voices coded with a theme have a stem; (stem, theme) → voices."""
    said = {
        (one.voice, danish.stem(word), theme)
        for one in examples
        if one.voice is not None
        for word in one.words
        for theme in one.themes
    }
    return Counter((stem, theme) for _, stem, theme in said)
