"""TextBlob, taught Danish: its naive Bayes classifier and its analyzer. The only file that imports it.

What it cannot do without downloaded corpora (sentences, its own words, tags, noun phrases) is not used here.
"""

import sys
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from app.desk.moderation.suggesting import features, tone

_HEAVY = ("numpy", "scipy", "sklearn")
_LOADING = threading.Lock()


class Bayes:
    """Which theme a text is about, as a chance for each theme; they add up to one."""

    def __init__(self, examples: Iterable[tuple[Sequence[str], str]]) -> None:
        """Learn from (features, theme). Lists, never strings: TextBlob would look for a corpus to cut a string with."""
        with _light():
            from textblob.classifiers import NaiveBayesClassifier  # noqa: PLC0415 - see _light
        learner = NaiveBayesClassifier(list(examples), feature_extractor=_present)
        # It learns at the first touch. Only what was learned stays: the examples would be a second copy of the texts.
        self._classifier = learner.classifier

    def __call__(self, words: Sequence[str], hinted: Collection[str]) -> Mapping[str, float]:
        """The chance of each theme for folded words and the codes they hint at."""
        found = self._classifier.prob_classify(_present(features.of_text(words, hinted)))
        return {theme: found.prob(theme) for theme in found.samples()}


def tone_of(text: str) -> str:
    """The tone of a text by our rules, asked through TextBlob: `praise`, `criticism` or `unknown`."""
    # `.sentiment`, never `.polarity`: that one passes our analyzer by and reads the text as English.
    return str(_blobber()(text).sentiment)


@cache
def _blobber() -> Any:
    with _light():
        from textblob.base import BaseSentimentAnalyzer, BaseTokenizer  # noqa: PLC0415 - see _light
        from textblob.blob import Blobber  # noqa: PLC0415 - see _light

    class Tokens(BaseTokenizer):
        def tokenize(self, text: str) -> list[str]:
            return tone.tokens(text)

    class Analyzer(BaseSentimentAnalyzer):
        def analyze(self, text: str) -> str:
            super().analyze(text)
            return tone.of(text).value

    return Blobber(tokenizer=Tokens(), analyzer=Analyzer())  # type: ignore[no-untyped-call]  # TextBlob's constructors


def _present(found: Sequence[str]) -> dict[str, bool]:
    # One argument: TextBlob tries two first and takes any TypeError for a "no", which would hide a fault of ours.
    return dict.fromkeys(found, True)


@contextmanager
def _light() -> Iterator[None]:
    """Load TextBlob without what it would only load for others; called when it is first needed.

    NLTK takes numpy, scipy and scikit-learn along wherever they are installed: 150 MB and two seconds instead of
    40 MB and half of one, for parts that are not used here.
    """
    with _LOADING:
        hidden = [name for name in _HEAVY if name not in sys.modules]
        for name in hidden:
            sys.modules[name] = None  # type: ignore[assignment]  # the import system reads None as "not there"
        try:
            yield
        finally:
            for name in hidden:
                sys.modules.pop(name, None)
