"""The tone hint: praise, criticism or, mostly, no answer. For the moderator's card only; nothing is ever summed.

Words, rules and their order are those of content/tone_da.json; AFINN lends more words where it is installed.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from app.core.config import ROOT
from app.core.folding import fold as fold_letters
from app.desk.moderation.suggesting import afinn_da

PATH = ROOT / "content" / "tone_da.json"
_SPELLED = str.maketrans({"ö": "oe", "ä": "ae"})
_PLAIN_EMOJI = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_WORD = r"[^\W_]+(?:[-'’][^\W_]+)*"  # with the apostrophe telephones type
_BUT = "men"
_BY = "ved"
AFTER = frozenset({"ikke", "ikk", "ik", "aldrig"})
"""The negations that also turn the word right before them: "hjælper ikke"."""


class Tone(Enum):
    """What the hint may say."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rules:
    """The lists and numbers, folded and ready."""

    values: Mapping[str, float]
    boost: Mapping[str, float]
    negations: frozenset[str]
    stops: frozenset[str]
    before: int
    turn: float
    but_before: float
    but_after: float
    bare: float
    threshold: float
    most_words: int
    token: re.Pattern[str]


def of(text: str, rules: Rules | None = None) -> Tone:
    """The tone of a Danish text. Long texts and texts with words of both signs get no answer."""
    rules = rules or shipped()
    found = tokens(text, rules)
    scores = [score for _, score in hits(found, rules)]
    total = sum(scores) if scores else _bare_negation(found, rules)
    is_short = sum(_is_word(token) for token in found) <= rules.most_words
    is_one_sign = not (any(score > 0 for score in scores) and any(score < 0 for score in scores))
    if not (is_short and is_one_sign) or abs(total) < rules.threshold:
        return Tone.UNKNOWN
    return Tone.PRAISE if total > 0 else Tone.CRITICISM


def tokens(text: str, rules: Rules | None = None) -> list[str]:
    """Folded words, emoji, emoticons, runs of full stops and commas, in order."""
    plain = _PLAIN_EMOJI.sub("", unicodedata.normalize("NFC", text))
    return [fold(token) for token in (rules or shipped()).token.findall(plain)]


def hits(found: Sequence[str], rules: Rules) -> list[tuple[int, float]]:
    """(place, value) of every token that says something, after boosts, negations and "men"."""
    places = [place for place, token in enumerate(found) if token in rules.values]
    places = [at for at in places if not (found[at] in rules.boost and at + 1 in places)]
    last_but = max((place for place, token in enumerate(found) if token == _BUT), default=None)
    scored = []
    for at in places:
        value = rules.values[found[at]]
        if at and found[at - 1] in rules.boost:
            value *= rules.boost[found[at - 1]]
        if _is_turned(found, at, rules):
            value *= rules.turn
        if last_but is not None:
            value *= rules.but_after if at > last_but else rules.but_before
        scored.append((at, value))
    return scored


def fold(token: str) -> str:
    """As lists and texts are compared: the desk's folding, with the letters of the neighbours spelled out."""
    return fold_letters(token.lower().translate(_SPELLED))


@cache
def shipped() -> Rules:
    """The rules as they are shipped, with AFINN's words where it is installed."""
    return read(json.loads(PATH.read_text("utf-8")), afinn_da.values())


def read(document: Mapping[str, Any], more: Mapping[str, int]) -> Rules:
    """The rules of a document of the shape of tone_da.json, over `more` values by folded word."""
    misleading = {fold(word) for word in document["not_from_afinn"]}
    values: dict[str, float] = {word: value for word, value in more.items() if value and word not in misleading}
    for lists in (document["words"], document["emoji"]):
        values |= {fold(word): float(value) for value, words in lists.items() for word in words}
    rules = document["rules"]
    return Rules(
        values=values,
        boost={fold(word): factor for word, factor in document["boost"].items()},
        negations=frozenset(map(fold, document["negations"])),
        stops=frozenset(rules["negation"]["stops_at"]),
        before=rules["negation"]["before"],
        turn=rules["negation"]["factor"],
        but_before=rules["men"]["before"],
        but_after=rules["men"]["after"],
        bare=rules["bare_negation"]["score"],
        threshold=rules["threshold"],
        most_words=rules["commit"]["max_words"],
        token=_token(word for words in document["emoji"].values() for word in words),
    )


def _token(signs: Any) -> re.Pattern[str]:
    """A sign that ends in a letter, like :D, is one only where no word goes on behind it."""
    longest_first = sorted(signs, key=len, reverse=True)
    spelled = [re.escape(sign) + (r"(?!\w)" if sign[-1].isalpha() else "") for sign in longest_first]
    return re.compile("|".join([*spelled, _WORD, r"[.!?]+", ",", r"[\U0001f300-\U0001faff\u2600-\u27bf]"]))


def _is_turned(found: Sequence[str], at: int, rules: Rules) -> bool:
    for token in reversed(found[max(0, at - rules.before) : at]):
        if token in rules.stops or token[0] in rules.stops:
            break
        if token in rules.negations:
            return True
    return at + 1 < len(found) and found[at + 1] in AFTER


def _bare_negation(found: Sequence[str], rules: Rules) -> float:
    """Weak criticism: a "not" and nothing else to go by – but "jeg ved ikke" is no complaint."""
    negated = [place for place, token in enumerate(found) if token in rules.negations]
    return rules.bare if negated and len(found) > 2 and _BY not in found else 0.0


def _is_word(token: str) -> bool:
    return token[0].isalnum()
