"""Whether a Danish text is easy to read: its LIX, its sentences, its words. A smoke alarm; people are the test."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from app.core.folding import fold, words
from app.surveys import wordlists

HIGHEST_LIX = 25
MOST_WORDS_A_SENTENCE = 15
MOST_LETTERS = 14
_LONG = 6  # letters; LIX counts longer words (Björnsson 1968)

_LISTS = ("except", "long_words", "capitals", "blaming", "placeholders")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"\b(?:fx|kl|ca|nr|bl\.a)\.")


@dataclass(frozen=True, slots=True)
class _Avoided:
    parts: tuple[str, ...]
    begins: bool


def lix(text: str) -> float:
    """Words a sentence, plus the share of words over six letters in percent; 0 for a text without words."""
    found = _WORD.findall(text)
    if not found:
        return 0.0
    long = sum(len(word) > _LONG for word in found)
    return len(found) / max(1, len(sentences(text))) + 100 * long / len(found)


def sentences(text: str) -> list[str]:
    """The sentences of a text that have words in them."""
    without_dots = _ABBREVIATION.sub(lambda match: match.group().replace(".", ""), text)
    return [part for part in _SENTENCE_END.split(without_dots) if _WORD.search(part)]


def long_sentence(text: str) -> str | None:
    """The first sentence with more than 15 words."""
    return next((one.strip() for one in sentences(text) if len(_WORD.findall(one)) > MOST_WORDS_A_SENTENCE), None)


def long_word(text: str) -> str | None:
    """The first word over 14 letters that is not one people here know."""
    known = _lists()["long_words"]
    return next((word for word in _WORD.findall(text) if len(word) > MOST_LETTERS and fold(word) not in known), None)


def avoided_word(text: str, lang: str = "da") -> str | None:
    """The first word we do not use about people, in Danish or English."""
    return _listed_word(text, "avoid" if lang == "da" else "avoid_english")


def staff_word(text: str, lang: str = "da") -> str | None:
    """The first word of offices and reports, in Danish or English: a survey may ask with it, no told item may."""
    return _listed_word(text, "staff" if lang == "da" else "staff_english")


def shouted_word(text: str) -> str | None:
    """The first word in capitals that is neither a command nor a short form people know."""
    known = _lists()["capitals"]
    return next((word for word in _WORD.findall(text) if _is_shouted(word) and fold(word) not in known), None)


def blaming(text: str) -> str | None:
    """The first phrase that asks somebody to defend what they did."""
    said = " ".join(words(fold(text)))
    return next((phrase for phrase in _lists()["blaming"] if f"{phrase} " in f"{said} "), None)


def placeholder(text: str) -> str | None:
    """The first word that only holds the place of a real one."""
    known = _lists()["placeholders"]
    return next((word for word in _WORD.findall(text) if fold(word) in known), None)


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _listed_word(text: str, name: str) -> str | None:
    said = words(_without(fold(text), _lists()["except"]))
    return next((" ".join(found) for found in _avoided_in(said, name)), None)


def _avoided_in(said: list[str], name: str) -> Iterator[tuple[str, ...]]:
    for avoided in _avoided(name):
        length = len(avoided.parts)
        for place in range(len(said) - length + 1):
            found = tuple(said[place : place + length])
            if found == avoided.parts or (avoided.begins and _begins(found, avoided.parts)):
                yield found


def _begins(found: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return found[:-1] == parts[:-1] and found[-1].startswith(parts[-1])


def _without(folded: str, names: Iterable[str]) -> str:
    for name in names:
        folded = folded.replace(name, " ")
    return folded


@cache
def _avoided(name: str) -> tuple[_Avoided, ...]:
    listed = wordlists.load("wording.toml")[name]
    return tuple(_Avoided(tuple(words(fold(entry))), entry.endswith("*")) for entry in listed)


@cache
def _lists() -> dict[str, Collection[str]]:
    lists = wordlists.load("wording.toml")
    return {name: tuple(fold(entry) for entry in lists[name]) for name in _LISTS}
