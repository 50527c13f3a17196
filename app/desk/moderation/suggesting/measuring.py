"""How good the suggestions are: what people take of them, what they get right unseen, and whether they pull people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import weeks
from app.desk.accounts.models import User
from app.desk.moderation.suggesting import queries, suggestions
from app.desk.moderation.suggesting.hints import HintBook
from app.desk.moderation.suggesting.learning import Model
from app.desk.moderation.suggesting.training import Coded
from app.publication import uncertainty

LOW, ENOUGH = 0.5, 20
"""A code of which fewer than half were taken, once so many were shown, needs other hints."""
MOST_BLIND = 2_000
WEEKS = 52
"""What is older says little of the suggestions of today, and would have to be looked through."""
FEWEST = 10
"""Texts without which no share is said."""


@dataclass(frozen=True)
class Quality:
    """Ranked unseen, over `n` texts with a theme: first right, and the share of true themes among the first three."""

    n: int
    first_right: float
    in_three: float


@dataclass(frozen=True)
class Pull:
    """A theme's share where nobody saw a chip, and where people did."""

    theme: str
    blind: int
    n_blind: int
    rest: int
    n_rest: int

    @property
    def is_apart(self) -> bool:
        """Whether the two shares differ by more than chance makes likely (Newcombe's interval without 0)."""
        found = uncertainty.newcombe(self.rest, self.n_rest, self.blind, self.n_blind)
        return found is not None and not found[0] <= 0 <= found[1]


def is_low(shown: int, accepted: int) -> bool:
    """Whether a code is suggested in vain too often."""
    return shown >= ENOUGH and accepted / shown < LOW


def quality(coded: Sequence[Coded], book: HintBook, model: Model | None) -> Quality | None:
    """How `rank` does on texts it did not learn from; None for too few."""
    with_theme = [(text, set(themes)) for _, text, themes in coded if themes]
    if len(with_theme) < FEWEST:
        return None
    ranked = [([one.theme for one in suggestions.rank(text, book, model)], themes) for text, themes in with_theme]
    right = sum(bool(order) and order[0] in themes for order, themes in ranked)
    found = sum(len(set(order[:3]) & themes) for order, themes in ranked)
    return Quality(len(ranked), right / len(ranked), found / sum(len(themes) for _, themes in ranked))


def since(today: date) -> str:
    """The week from which on texts are measured: a year ago."""
    return weeks.week_of(today - timedelta(weeks=WEEKS))


def pulls(reader: User, today: date) -> list[Pull]:
    """Each theme as second coders chose it, who saw no chip, beside first coders' choice of the other texts."""
    n_blind, blind = queries.theme_counts(reader, since=since(today), is_slice=True, round_="second")
    n_rest, rest = queries.theme_counts(reader, since=since(today), is_slice=False, round_="first")
    if min(n_blind, n_rest) < FEWEST:
        return []
    return [Pull(theme, blind.get(theme, 0), n_blind, rest.get(theme, 0), n_rest) for theme in sorted({*blind, *rest})]
