"""What a finding on a theme can be drafted from. People write what it means and what should be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import NamedTuple

from app.core import weeks
from app.desk.accounts.models import User
from app.desk.moderation import statements
from app.desk.moderation.codebook import codes
from app.desk.moderation.measures import changing, queries, varied
from app.desk.moderation.second_coding import agreement, settling
from app.desk.moderation.second_coding import queries as second
from app.desk.moderation.second_coding.agreement import Table
from app.desk.moderation.statements import Heard
from app.desk.moderation.suggesting import new_words
from app.publication import quotes
from app.publication.comparisons import Compared
from app.publication.periods import Period

FEWEST_OF_A_KIND = 5
"""Fewer voices from a kind of place or a channel are not told apart."""
CANDIDATES, POOL = 5, 60
WORDS = 8
HISTORY = 5_000
"""Texts on the theme that new words are held against."""

Shuffle = Callable[[list[Heard]], None]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The figures and texts on one theme in one period, within one reader's wall."""

    compared: Compared
    """Voices on the theme now and in the period before, of all who said something in words."""
    types: Mapping[str | None, int]
    kinds: Mapping[str | None, int]
    channels: Mapping[str | None, int]
    candidates: Sequence[Heard]
    """Texts somebody may want to quote; whether they may be is asked there."""
    words: Sequence[str]
    """Word stems of the theme that came up in the last four weeks of the period."""
    disagreements: int
    """Texts on the theme that two people coded differently and nobody has settled."""
    second_coded: int
    statements: int
    agreement: Table
    codebook_version: int


class _Row(NamedTuple):
    """One text, as new words are counted."""

    id: bytes
    voice: bytes
    week: str
    site_code: str | None
    words: str


def theme_brief(theme: str, period: Period, reader: User, *, shuffle: Shuffle | None = None) -> Brief:
    """Everything there is on a main theme in a period, as far as this person may read."""
    heard = statements.on(theme, period.weeks, reader)
    rounds = second.twice_coded(reader, period.weeks)
    book = codes.book()
    theme_of = {sub.key: one.code.key for one in book.themes for sub in one.subs}
    pairs = [
        (agreement.themes(first, theme_of), agreement.themes(other, theme_of))
        for first, other in map(settling.themes_of, rounds.values())
    ]
    unsettled = [pair for pair, one in zip(pairs, rounds.values(), strict=True) if settling.AGREED not in one.coders]
    return Brief(
        compared=changing.report(period, reader).themes[theme],
        types=queries.voices_by(theme, period.weeks, reader, "type"),
        kinds=_large(queries.voices_by(theme, period.weeks, reader, "kind")),
        channels=_large(queries.voices_by(theme, period.weeks, reader, "channel")),
        candidates=candidates(heard, shuffle or SystemRandom().shuffle),
        words=_words(theme, period, reader),
        disagreements=sum((theme in first) != (theme in other) for first, other in unsettled),
        second_coded=queries.coded_twice_on(theme, period.weeks, reader),
        statements=queries.statements_on(theme, period.weeks, reader),
        agreement=agreement.table(pairs, theme),
        codebook_version=book.version,
    )


def candidates(heard: Sequence[Heard], shuffle: Shuffle) -> list[Heard]:
    """Five texts that differ, out of some drawn by chance; none that could point at a person."""
    pool = [one for one in heard if not quotes.BLOCKING_FLAGS.intersection(one.codes)]
    shuffle(pool)
    pool = pool[:POOL]
    return [pool[nth] for nth in varied.chosen([one.text for one in pool], CANDIDATES)]


def _large(counts: Mapping[str | None, int]) -> Mapping[str | None, int]:
    return {name: n for name, n in counts.items() if n >= FEWEST_OF_A_KIND}


def _words(theme: str, period: Period, reader: User) -> list[str]:
    """New against what was said on the theme in the year until then."""
    earlier, history = period, list(period.weeks)
    while len(history) < 52:
        earlier = earlier.before
        history += earlier.weeks
    heard = statements.on(theme, history, reader, most=HISTORY)
    rows = [_Row(one.id, one.voice, one.week, one.site_code, one.text) for one in heard if one.lang == "da"]
    counted = new_words.corpus(rows, weeks.sunday(period.weeks[-1]))
    return [word.said for word in new_words.found(counted, but=reader.site_code)[:WORDS]]
