"""Which codes to offer for a text. The machine proposes; only a person's choice becomes a tagging."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from app.desk.moderation.suggesting import hints
from app.desk.moderation.suggesting.hints import HintBook, Hit, Word
from app.desk.moderation.suggesting.learning import Model

SHOWN = 0.5
MOST_CHIPS = 3
MAYBE = 0.25
"""How likely a theme must be to be offered on no hint at all."""
# One hint word gives .55, two .80, three .91: each is taken as independent evidence (noisy-or).
_ONE_WORD = 0.55
_SURE = 0.8
_BELOW_THE_LINE = 0.49


@dataclass(frozen=True)
class Suggestion:
    """A code, how strongly the text names it (0–1), and the words of the text that do."""

    code: str
    theme: str
    score: float
    why: tuple[str, ...]
    hints: tuple[str, ...] = ()
    """The codebook's words that found it; none where only a model thinks so."""
    chance: float = 0.0
    """What the model gives the theme."""

    @property
    def is_hinted(self) -> bool:
        """Whether the codebook's own words say so."""
        return bool(self.hints)


def rank(text: str, book: HintBook | None = None, model: Model | None = None) -> list[Suggestion]:
    """The themes of a text, best first, each by its best named sub-code; from .5 up they are worth showing.

    n distinct hint words of a theme give 1 − .45ⁿ; a model's chance p joins by noisy-or as .8·p when p ≥ .8, else
    .3·p. A theme without a hint word stays below .5, unless the text has no hint word at all and a word that names
    the theme. Without a model, themes without a hint word are left out.
    """
    book = book or hints.shipped()
    words, hits = hints.words_of(text), book.hits(text)
    by_theme: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code)):
        by_theme[book.theme_of(hit.code)].append(hit)
    chances = _chances(words, hits, model) if words else {}
    named = [_hinted(theme, those, chances.get(theme, 0)) for theme, those in by_theme.items()]
    others = [theme for theme in book.themes if theme in chances and theme not in by_theme]
    learned = [_learned(theme, chances[theme], words, model if not hits else None) for theme in others]
    return sorted(named + learned, key=lambda s: -s.score)


def chips(text: str, book: HintBook | None = None, model: Model | None = None) -> list[Suggestion]:
    """What a moderator is shown: at most three that the codebook's words name; failing these, one that may be."""
    ranked = rank(text, book, model)
    hinted = [suggestion for suggestion in ranked if suggestion.is_hinted]
    if hinted:
        return hinted[:MOST_CHIPS]
    return [suggestion for suggestion in ranked if suggestion.chance >= MAYBE and suggestion.why][:1]


def uncertainty(text: str, book: HintBook | None = None, model: Model | None = None) -> float:
    """How little the two best themes differ: 1 where nothing speaks for either, 0 where only one is likely."""
    first, second, *_ = [*(suggestion.score for suggestion in rank(text, book, model)), 0.0, 0.0]
    return 1 - (first - second)


def noisy_or(chances: Iterable[float]) -> float:
    """The chance that at least one of several independent pieces of evidence is right."""
    return 1 - prod(1 - chance for chance in chances)


def _chances(words: Sequence[Word], hits: Sequence[Hit], model: Model | None) -> Mapping[str, float]:
    if model is None:
        return {}
    return model.chances([word.folded for word in words], dict.fromkeys(hit.code for hit in hits))


def _hinted(theme: str, hits: list[Hit], chance: float) -> Suggestion:
    why = _distinct(hit.said for hit in hits)
    score = noisy_or([*(_ONE_WORD for _ in why), _weighed(chance)])
    found = tuple(dict.fromkeys(hit.hint for hit in hits))
    return Suggestion(_best_code(hits), theme, score, why, found, chance)


def _learned(theme: str, chance: float, words: Sequence[Word], model: Model | None) -> Suggestion:
    """A theme without a hint word. The model is given only where no other theme has one either."""
    naming = model.naming((word.folded for word in words), theme) if model and chance >= MAYBE else frozenset()
    why = _distinct(word.said for word in words if word.folded in naming)
    score = _weighed(chance)
    return Suggestion(theme, theme, score if why else min(score, _BELOW_THE_LINE), why, (), chance)


def _weighed(chance: float) -> float:
    return chance * (0.8 if chance >= _SURE else 0.3)


def _best_code(hits: list[Hit]) -> str:
    """The sub-code with most distinct words; the one named by more words in a row, then the first said."""
    said: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        said[hit.code].append(hit)
    return max(said, key=lambda code: (_weight(said[code]), max(hit.end - hit.start for hit in said[code])))


def _weight(hits: list[Hit]) -> int:
    return len(_distinct(hit.said for hit in hits))


def _distinct(said: Iterable[str]) -> tuple[str, ...]:
    return tuple({words.lower(): words for words in said}.values())
