"""Level 2, where scikit-learn is installed: runs of letters and hints, by logistic regression. Its only file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.util import find_spec

SHORTEST, LONGEST = 2, 5
"""Letters in a run; runs stay inside a word and its two edges."""
_PLACES = 2**16
"""Runs are counted in so many places by their hash, so that no run of letters itself is kept."""
_ROUNDS = 60


def is_here() -> bool:
    """Whether scikit-learn is installed (the extra `[ml]`)."""
    return find_spec("sklearn") is not None


class Letters:
    """Which theme a text is about, as a chance for each theme; they add up to one."""

    def __init__(self, examples: Iterable[tuple[Sequence[str], Collection[str], str]]) -> None:
        """Learn from (folded words, codes hinted at, theme)."""
        from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 - optional and 100 MB
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as above
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415 - as above

        runs = HashingVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), n_features=_PLACES,
                                 preprocessor=_words, lowercase=False, dtype="float32")  # fmt: skip
        hinted = HashingVectorizer(analyzer=_codes, n_features=2**10, norm=None, dtype="float32")
        learned = LogisticRegression(C=10.0, max_iter=_ROUNDS, tol=1e-2)
        self._model = make_pipeline(make_union(runs, hinted), learned)
        found = list(examples)
        self._model.fit([(words, codes) for words, codes, _ in found], [theme for *_, theme in found])

    def __call__(self, words: Sequence[str], hinted: Collection[str]) -> Mapping[str, float]:
        """The chance of each theme for folded words and the codes they hint at."""
        [chances] = self._model.predict_proba([(words, hinted)])
        return dict(zip(map(str, self._model.classes_), map(float, chances), strict=True))


def _words(text: tuple[Sequence[str], Collection[str]]) -> str:
    return " ".join(text[0])


def _codes(text: tuple[Sequence[str], Collection[str]]) -> list[str]:
    return list(text[1])
