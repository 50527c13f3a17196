"""Reserved words: understood at any moment, in every language, but only as the whole text, never inside a sentence."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from functools import cache

from app.core import folding
from app.core.i18n import LANGUAGES
from app.privacy import wordlist
from app.surveys import wordlists
from app.surveys.question_types import whole
from app.surveys.question_types.whole import Found, Phrase, Phrases, folded

_SKIP = "SPRING"
_RECEIPT_WORDS = 4
_KNOWN_RECEIPT_WORDS = 3  # one may be misspelt, and then is simply unknown
_MOST_WORDS = 40  # a longer text is a sentence, unless it says the same few words over and over
_MOST_DIFFERENT = 8


@dataclass(frozen=True, slots=True)
class Reserved:
    """The word's Danish name; the language, site code or four receipt words beside it; the language it is said in."""

    word: str
    argument: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    """Every list of content/reserved_words.toml, compiled."""

    words: Phrases[str]
    skip: Mapping[str, frozenset[Phrase]]
    """SPRING in each language: it counts only in that conversation."""
    langs: Mapping[tuple[str, Phrase], tuple[str, ...]]
    names: Phrases[str]
    names_and_codes: Phrases[str]
    """Two letters count after SPROG, or where nothing else can be meant."""
    fillers: Mapping[str, frozenset[Phrase]]
    any_filler: frozenset[Phrase]
    with_site_code: frozenset[str]


def reserved(
    text: str,
    *,
    session: str | None,
    site_codes: Container[str],
    receipt_words: Collection[str] | None = None,
    languages_offered: bool = False,
) -> Reserved | None:
    """The reserved word a text is, or None.

    `session` is the language of the open conversation (None: none is open), `site_codes` are upper case, and
    `receipt_words` are folded (None: the house's own list). Two-letter language codes count only where
    `languages_offered` or where no conversation is open: in Danish, "en" is one.
    """
    said = tuple(folding.words(folding.fold_sms(text).replace("\u0640", "")))
    if not said or (len(said) > _MOST_WORDS and len(set(said)) > _MOST_DIFFERENT):
        return None
    tables = _tables()
    found = whole.find(said, tables.words)
    if found and (word := _with_argument(found, tables, session, site_codes, receipt_words)):
        return word
    return _language(said, tables, is_code_clear=session is None or languages_offered)


def _with_argument(
    found: Found[str],
    tables: _Tables,
    session: str | None,
    site_codes: Container[str],
    receipt_words: Collection[str] | None,
) -> Reserved | None:
    lang = _lang_of(found, tables, session)
    if found.meaning == _SKIP and not _may_skip(found.phrase, tables, session):
        return None
    if _only_fillers(found, found.before, found.behind, tables):
        return Reserved(found.meaning, None, lang)
    if found.meaning in tables.with_site_code and (word := _beside_code(found, tables, site_codes, lang)):
        return word
    if found.meaning == "SPROG":
        return _naming_language(found, tables, lang)
    if found.meaning in ("NYT", "SLET"):
        return _with_receipt(found, tables, receipt_words, lang)
    return None


def _beside_code(found: Found[str], tables: _Tables, site_codes: Container[str], lang: str | None) -> Reserved | None:
    """START GH1 begins there, NYT GH1 asks for its news; STOP GH1 is only a STOP."""
    for before, behind, words in _without_one(found):
        code = "".join(words).upper()
        if code in site_codes and _only_fillers(found, before, behind, tables):
            return Reserved(found.meaning, None if found.meaning == "STOP" else code, lang)
    return None


def _naming_language(found: Found[str], tables: _Tables, lang: str | None) -> Reserved | None:
    for before, behind, words in _without_one(found):
        named = tables.names_and_codes.get(words)
        if named and _only_fillers(found, before, behind, tables):
            return Reserved("SPROG", named, lang)
    return None


def _with_receipt(
    found: Found[str], tables: _Tables, receipt_words: Collection[str] | None, lang: str | None
) -> Reserved | None:
    words, rest = found.behind[:_RECEIPT_WORDS], found.behind[_RECEIPT_WORDS:]
    known = _receipt_words() if receipt_words is None else receipt_words
    if len(words) < _RECEIPT_WORDS or sum(word in known for word in words) < _KNOWN_RECEIPT_WORDS:
        return None
    if not _only_fillers(found, found.before, rest, tables):
        return None
    return Reserved(found.meaning, " ".join(words), lang)


def _without_one(found: Found[str]) -> list[tuple[Phrase, Phrase, Phrase]]:
    """What is left before and behind when one or two words beside the phrase are taken away, and those words."""
    taken = [(found.before, found.behind[count:], found.behind[:count]) for count in (1, 2)]
    taken += [(found.before[:-count], found.behind, found.before[-count:]) for count in (1, 2)]
    return [one for one in taken if one[2]]


def _language(said: Phrase, tables: _Tables, *, is_code_clear: bool) -> Reserved | None:
    found = whole.find(said, tables.names_and_codes if is_code_clear else tables.names)
    if found is None or not whole.only_fillers(found.before, found.behind, tables.any_filler):
        return None
    return Reserved("SPROG", found.meaning, found.meaning)


def _only_fillers(found: Found[str], before: Phrase, behind: Phrase, tables: _Tables) -> bool:
    return whole.only_fillers(before, behind, tables.fillers.get(found.meaning, tables.any_filler))


def _may_skip(phrase: Phrase, tables: _Tables, session: str | None) -> bool:
    return session is not None and any(phrase in tables.skip[lang] for lang in (session, "da", "en"))


def _lang_of(found: Found[str], tables: _Tables, session: str | None) -> str | None:
    """The conversation's language if the word is in it, else the first that has it."""
    langs = tables.langs[(found.meaning, found.phrase)]
    return session if session in langs else langs[0]


@cache
def _receipt_words() -> frozenset[str]:
    return frozenset(folding.fold_sms(word) for word in wordlist.words())


@cache
def _tables() -> _Tables:
    lists = wordlists.load("reserved_words.toml")
    any_filler = frozenset(folded(filler) for filler in lists["fillers"]["any"])
    names = {folded(name): lang for lang, names in lists["language_names"].items() for name in names}
    langs: dict[tuple[str, Phrase], tuple[str, ...]] = {}
    for word, lang, phrase in _all_words(lists["words"]):
        langs[(word, phrase)] = (*langs.get((word, phrase), ()), lang)
    return _Tables(
        words=Phrases({phrase: word for word, phrase in langs}),
        skip={lang: frozenset(map(folded, lists["words"][_SKIP].get(lang, ()))) for lang in LANGUAGES},
        langs=langs,
        names=Phrases(names),
        names_and_codes=Phrases({**names, **{(lang,): lang for lang in LANGUAGES}}),
        fillers={
            word: any_filler | {folded(filler) for filler in lists["fillers"].get(word, ())} for word in lists["words"]
        },
        any_filler=any_filler,
        with_site_code=frozenset(lists["site_code_beside"]),
    )


def _all_words(lists: Mapping[str, Mapping[str, list[str]]]) -> list[tuple[str, str, Phrase]]:
    return [
        (word, lang, folded(spelling))
        for word, by_language in lists.items()
        for lang in LANGUAGES
        for spelling in by_language.get(lang, ())
    ]
