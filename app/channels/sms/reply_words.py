"""Small texts that are no feedback and no reserved word: thanks, hello, yes, a bare number, a language's name."""

from functools import cache

from app.channels.sms import keywords
from app.surveys import wordlists
from app.surveys.question_types import whole
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken, spoken
from app.surveys.question_types.whole import Phrase


def is_courtesy(body: str) -> bool:
    """Thanks, ok, or nothing but signs (a lone emoji): silence is the right answer."""
    said = Said.of(body)
    return (not said.words and not said.is_question_mark) or said.words in _phrases("courtesy")


def is_greeting(body: str) -> bool:
    """Hello, or only a question mark: somebody wants to know how to begin."""
    said = Said.of(body)
    return said.is_question_mark or said.words in _phrases("greeting")


def is_yes(body: str, lang: str) -> bool:
    """Yes as the whole text; 1 is yes too."""
    words, language = Said.of(body).words, spoken(lang)
    return words == ("1",) or whole.is_one_of(words, _meant(language, "yes"), language.fillers)


def says_yes_first(body: str, lang: str) -> bool:
    """Yes, and more words behind it."""
    return whole.longest_at(Said.of(body).words, 0, _meant(spoken(lang), "yes")) is not None


def is_unsure(body: str, lang: str) -> bool:
    """ "Ved ikke" as the whole text."""
    said = Said.of(body)
    return said.is_question_mark or said.words in spoken(lang).unsure


def is_bare_answer(body: str) -> bool:
    """A number, yes, no or skip without a question: an answer that has lost its conversation."""
    words, language = Said.of(body).words, spoken("da")
    if len(words) == 1 and words[0].isdecimal():
        return True
    meant = {**_meant(language, "yes"), **_meant(language, "partly"), **_meant(language, "no"), **language.skip}
    return whole.is_one_of(words, meant, language.fillers) or words in language.numbers


def named_language(words: str) -> str | None:
    """The language that the words behind a place's code name (`EN`, `english`)."""
    found = keywords.reserved(words, session=None, site_codes=frozenset()) if words else None
    return found.argument if found and found.word == "SPROG" else None


def _meant(language: Spoken, option: str) -> dict[Phrase, str]:
    return {phrase: option for _, phrase in language.yes_no[option]}


@cache
def _phrases(kind: str) -> frozenset[Phrase]:
    lists = wordlists.load("reply_words.toml")[kind]
    return frozenset(whole.folded(phrase) for phrases in lists.values() for phrase in phrases)
