"""The words people answer with in a conversation's language, compiled once: theirs first, then Danish and English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.folding import fold_sms
from app.core.i18n import LANGUAGES
from app.surveys import wordlists
from app.surveys.question_types.whole import Phrase, Phrases, folded


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is understood while a conversation is held in the first of `langs`."""

    langs: tuple[str, ...]
    skip: Phrases[bool]
    fillers: frozenset[Phrase]
    unsure: frozenset[Phrase]
    decline: frozenset[Phrase]
    numbers: Phrases[int]
    number_fillers: frozenset[Phrase]
    between: frozenset[str]
    """og, and"""
    nobodys: frozenset[Phrase]
    """Words of Danish or English that mean something else in this language (Polish "no")."""
    yes_no: Mapping[str, tuple[tuple[str, Phrase], ...]]
    """Option id → (language, phrase)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is the same in every language."""

    units: frozenset[str]
    not_after: frozenset[str]
    of: frozenset[Phrase]
    faces: Mapping[str, str]
    thumbs: Mapping[str, str]
    stars: frozenset[str]
    empty_stars: frozenset[str]


def spoken(lang: str) -> Spoken:
    """The tables of a language; one we do not speak is heard as Danish."""
    return _tables(lang if lang in LANGUAGES else "da")


@cache
def signs() -> Signs:
    """Units, faces, thumbs and stars."""
    lists = wordlists.load("answer_words.toml")
    return Signs(
        units=frozenset(unit if folded(unit) == () else fold_sms(unit) for unit in lists["units"]),
        not_after=frozenset(fold_sms(word) for word in lists["not_after"]),
        of=frozenset(folded(phrase) for phrase in lists["of"]),
        faces=_by_sign(lists["faces"]),
        thumbs=_by_sign(lists["signs"]),
        stars=frozenset(lists["stars"]),
        empty_stars=frozenset(lists["empty_stars"]),
    )


@cache
def _tables(lang: str) -> Spoken:
    answers, reserved = wordlists.load("answer_words.toml"), wordlists.load("reserved_words.toml")
    langs = tuple(dict.fromkeys((lang, "da", "en")))
    fillers = frozenset(folded(word) for word in reserved["fillers"]["any"])
    return Spoken(
        langs=langs,
        skip=Phrases(dict.fromkeys((phrase for _, phrase in _phrases(reserved["words"]["SPRING"], langs)), True)),
        fillers=fillers,
        unsure=frozenset(phrase for _, phrase in _phrases(answers["unsure"], langs)),
        decline=frozenset(phrase for _, phrase in _phrases(answers["decline"], langs)),
        numbers=_numbers(answers, langs),
        number_fillers=fillers | {folded(word) for word in answers["number_fillers"]},
        between=frozenset(word for _, phrase in _phrases(answers["and"], langs) for word in phrase),
        nobodys=frozenset(folded(word) for word in answers["ambiguous"].get(lang, ())),
        yes_no={option: tuple(_phrases(answers[option], langs)) for option in ("yes", "partly", "no")},
    )


def _phrases(by_language: Mapping[str, list[str]], langs: tuple[str, ...]) -> Iterator[tuple[str, Phrase]]:
    return ((lang, folded(phrase)) for lang in langs for phrase in by_language.get(lang, ()))


def _numbers(answers: Mapping[str, Any], langs: tuple[str, ...]) -> Phrases[int]:
    """First language wins: what is a number to the speaker stays that number."""
    found: dict[Phrase, int] = {}
    for lang in langs:
        listed = enumerate(answers["number_words"].get(lang, ()))
        for number, word in (*listed, *((n, w) for w, n in answers["also_number"].get(lang, {}).items())):
            if word:
                found.setdefault(folded(word), number)
    return Phrases(found)


def _by_sign(lists: Mapping[str, str]) -> dict[str, str]:
    return {sign: value for value, together in lists.items() for sign in together}
