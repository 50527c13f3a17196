"""Which codes to offer for a text. The machine proposes; only a person's choice becomes a tagging."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from app.desk.moderation.suggesting import hints
from app.desk.moderation.suggesting.hints import HintBook, Hit

SHOWN = 0.5
MOST_CHIPS = 3
# One hint word gives .55, two .80, three .91: each is taken as independent evidence (noisy-or).
_ONE_WORD = 0.55


@dataclass(frozen=True)
class Suggestion:
    """A code, how strongly the text names it (0–1), and the words of the text that do."""

    code: str
    score: float
    why: tuple[str, ...]

    @property
    def theme(self) -> str:
        """The theme a sub-code belongs to."""
        return _theme(self.code)


def rank(text: str, book: HintBook | None = None) -> list[Suggestion]:
    """The themes a text names, best first, each by its best named sub-code; from .5 up they are worth showing.

    n distinct hint words of a theme give 1 − .45ⁿ. A theme without a hint word is left out.
    """
    hits = (book or hints.shipped()).hits(text)
    by_theme: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code)):
        by_theme[_theme(hit.code)].append(hit)
    found = [_suggestion(_best_code(those), those) for those in by_theme.values()]
    return sorted(found, key=lambda s: -s.score)


def chips(text: str, book: HintBook | None = None) -> list[Suggestion]:
    """What a moderator is shown: at most three, only what the text itself names."""
    return [suggestion for suggestion in rank(text, book) if suggestion.score >= SHOWN][:MOST_CHIPS]


def noisy_or(chances: Iterable[float]) -> float:
    """The chance that at least one of several independent pieces of evidence is right."""
    return 1 - prod(1 - chance for chance in chances)


def _suggestion(code: str, hits: list[Hit]) -> Suggestion:
    why = _distinct(hit.said for hit in hits)
    return Suggestion(code, noisy_or(_ONE_WORD for _ in why), why)


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


def _theme(code: str) -> str:
    return code.partition(".")[0]
