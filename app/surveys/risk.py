"""Words of danger: a list anybody can read. No model, no score, no tracing; help lines go in front of our reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from app.core import folding
from app.surveys import wordlists

Kind = Literal["life", "body", "harm"]

_MOST_BETWEEN = 2
_INDEXED = 2  # letters of a first word that phrases are looked up by


@dataclass(frozen=True, slots=True)
class RiskHit:
    """What it is about, and the language of the phrase."""

    kind: Kind
    lang: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a phrase; `begins` stands for the * behind it."""

    word: str
    begins: bool

    def fits(self, said: str) -> bool:
        return said.startswith(self.word) if self.begins else said == self.word


@dataclass(frozen=True, slots=True)
class _Phrase:
    parts: tuple[_Part, ...]
    hit: RiskHit
    rank: int
    """Life before body before harm, in the order of the languages."""


def kind(text: str, *, lang: str | None = None) -> RiskHit | None:
    """The gravest phrase in a text. All languages are always heard; `lang` wins where two say the same kind."""
    said = folding.words(folding.fold_sms(text))
    found = [phrase for place, word in enumerate(said) for phrase in _beginning(word) if _goes_on(said, place, phrase)]
    if not found:
        return None
    gravest = min(found, key=lambda phrase: (_KINDS.index(phrase.hit.kind), phrase.hit.lang != lang, phrase.rank))
    return gravest.hit


_KINDS: tuple[Kind, ...] = get_args(Kind)


def _beginning(word: str) -> Sequence[_Phrase]:
    return _phrases().get(word[:_INDEXED], ())


def _goes_on(said: Sequence[str], place: int, phrase: _Phrase) -> bool:
    """Whether the phrase's words come in order from here, at most two others between two of them."""
    if not phrase.parts[0].fits(said[place]):
        return False
    places = {place}
    for part in phrase.parts[1:]:
        reach = {at for known in places for at in range(known + 1, known + 2 + _MOST_BETWEEN) if at < len(said)}
        places = {at for at in reach if part.fits(said[at])}
    return bool(places)


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """Every phrase, by the first letters of its first word."""
    found: dict[str, tuple[_Phrase, ...]] = {}
    rank = 0
    for lang, kinds in wordlists.load("risk_words.toml").items():
        for name in _KINDS:
            for written in kinds.get(name, ()):
                phrase = _Phrase(_parts(written), RiskHit(name, lang), rank)
                key = phrase.parts[0].word[:_INDEXED]
                found[key] = (*found.get(key, ()), phrase)
                rank += 1
    return found


def _parts(written: str) -> tuple[_Part, ...]:
    return tuple(
        _Part(word, begins=piece.endswith("*"))
        for piece in written.split()
        for word in folding.words(folding.fold_sms(piece))
    )
