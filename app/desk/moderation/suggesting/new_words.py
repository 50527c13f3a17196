"""Words that came up lately: word stems of the last four weeks that were rarer before. Made in memory, never stored."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.core import weeks
from app.desk.moderation.suggesting import danish, keyness
from app.desk.moderation.suggesting.hints import words_of

WEEKS = 4
MOST = 24_000
"""Texts looked at, the latest first."""
FROM_Z = 2.0
FEWEST = 3
"""Voices that must have used a word before anybody sees it."""
SHORTEST = 3
"""Letters; shorter words are nearly all grammar."""

Site = str | None


@dataclass(frozen=True)
class NewWord:
    """A word that came up: how it is mostly written, how striking it is, how many voices used it, and where."""

    stem: str
    said: str
    z: float
    voices: int
    statement_ids: tuple[bytes, ...]


@dataclass
class Corpus:
    """Who used which stem, by place, so that anybody can be shown the words of all places but their own."""

    new: dict[str, dict[bytes, tuple[bytes, Site]]] = field(default_factory=lambda: defaultdict(dict))
    """Stem → voice → (a statement with it, its place), of the last weeks."""
    spelled: dict[str, Counter[tuple[str, Site]]] = field(default_factory=lambda: defaultdict(Counter))
    """Stem → how it was written, and where."""
    new_words: Counter[Site] = field(default_factory=Counter)
    """Place → distinct stems of each voice, added up."""
    history: dict[Site, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    history_words: Counter[Site] = field(default_factory=Counter)


def corpus(rows: Iterable[Any], today: date) -> Corpus:
    """Count the words of texts with id, voice, week, site_code and words; each stem once a voice."""
    recent = frozenset(weeks.week_of(today - timedelta(weeks=back)) for back in range(WEEKS))
    counted, seen = Corpus(), set()
    for row in rows:
        is_new = row.week in recent
        for word in words_of(row.words):
            stem, voice = danish.stem(word.folded), bytes(row.voice)
            if len(word.folded) < SHORTEST or (voice, stem) in seen:
                continue
            seen.add((voice, stem))
            if is_new:
                counted.new[stem][voice] = (bytes(row.id), row.site_code)
                counted.spelled[stem][word.said.lower(), row.site_code] += 1
                counted.new_words[row.site_code] += 1
            else:
                counted.history[row.site_code][stem] += 1
                counted.history_words[row.site_code] += 1
    return counted


def found(counted: Corpus, *, but: Site = None, settled: Collection[str] = frozenset()) -> list[NewWord]:
    """The words worth a look, most striking first, without those of one place and without settled ones.

    With a place left out, texts without a known place are left out too: they may be about it.
    """
    totals = [_without(counts, but) for counts in (counted.new_words, counted.history_words)]
    struck = [
        word
        for stem in counted.new.keys() - settled
        if (word := _word(counted, stem, but, *totals)).voices >= FEWEST and word.z >= FROM_Z
    ]
    return sorted(struck, key=lambda word: (-word.z, word.said))


def _word(counted: Corpus, stem: str, but: Site, words_new: int, words_history: int) -> NewWord:
    places = [(at, site) for at, site in counted.new[stem].values() if _may_see(site, but)]
    before = sum(words[stem] for site, words in counted.history.items() if _may_see(site, but))
    z = keyness.z(len(places), words_new, before, words_history)
    return NewWord(stem, _spelling(counted, stem, but), z, len(places), tuple(sorted(at for at, _ in places)))


def _spelling(counted: Corpus, stem: str, but: Site) -> str:
    """How it is mostly written at the places that count; '' where nobody there wrote it."""
    written: Counter[str] = Counter()
    for (said, site), n in counted.spelled[stem].items():
        if _may_see(site, but):
            written[said] += n
    return next((said for said, _ in written.most_common(1)), "")


def _without(counts: Mapping[Site, int], but: Site) -> int:
    return sum(count for site, count in counts.items() if _may_see(site, but))


def _may_see(site: Site, but: Site) -> bool:
    return but is None or (site is not None and site != but)
