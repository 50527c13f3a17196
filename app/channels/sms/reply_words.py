"""Small texts that are no feedback and no reserved word: thanks, hello, yes, a bare number, a language's name."""

from functools import cache

from app.channels.sms import keywords
from app.surveys import wordlists
from app.surveys.question_types import whole
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import signs, spoken
from app.surveys.question_types.whole import Phrases


def is_courtesy(said: Said) -> bool:
    """Thanks, ok, or nothing but signs (a lone emoji): silence is the right answer."""
    if not said.words:
        return not said.is_question_mark
    return whole.is_one_of(said.words, _phrases("courtesy"), spoken("da").fillers)


def is_greeting(said: Said) -> bool:
    """Hello, or only a question mark: somebody wants to know how to begin."""
    return said.is_question_mark or whole.is_one_of(said.words, _phrases("greeting"), spoken("da").fillers)


def is_yes(said: Said, lang: str) -> bool:
    """Yes as the whole text; 1 and a thumb are yes too."""
    language = spoken(lang)
    if not said.words:
        return {signs().thumbs[sign] for sign in said.visible if sign in signs().thumbs} == {"yes"}
    return said.words == ("1",) or whole.is_one_of(said.words, _yes(lang), language.fillers)


def says_yes_first(said: Said, lang: str) -> bool:
    """Yes, and more words behind it."""
    return whole.longest_at(said.words, 0, _yes(lang)) is not None


def is_unsure(said: Said, lang: str) -> bool:
    """ "Ved ikke" or "vil ikke svare" as the whole text."""
    language = spoken(lang)
    return said.is_question_mark or said.words in language.unsure or said.words in language.decline


def is_bare_answer(said: Said) -> bool:
    """Numbers, yes, no or skip without a question: an answer that has lost its conversation."""
    if said.words and all(word.isdecimal() for word in said.words):
        return True
    language = spoken("da")
    return whole.is_one_of(said.words, _bare(), language.fillers) or said.words in language.numbers


def named_language(words: str) -> str | None:
    """The language that the words behind a place's code name (`EN`, `english`)."""
    found = keywords.reserved(words, session=None, site_codes=frozenset()) if words else None
    return found.argument if found and found.word == "SPROG" else None


@cache
def _yes(lang: str) -> Phrases[bool]:
    return Phrases(dict.fromkeys((phrase for _, phrase in spoken(lang).yes_no["yes"]), True))


@cache
def _bare() -> Phrases[bool]:
    language = spoken("da")
    meant = [phrase for option in ("yes", "partly", "no") for _, phrase in language.yes_no[option]]
    return Phrases(dict.fromkeys([*meant, *language.skip], True))


@cache
def _phrases(kind: str) -> Phrases[bool]:
    lists = wordlists.load("reply_words.toml")[kind]
    return Phrases({whole.folded(phrase): True for phrases in lists.values() for phrase in phrases})
