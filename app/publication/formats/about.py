"""What stands around the figures in every file: whose they are, how they are protected, and what the codes mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from app.core import i18n
from app.publication.formats import wording
from app.publication.formats.base import Document
from app.publication.formats.wording import Names

LANGUAGES = ("da", "en")
"""Files that people open are made in these, the first one where nobody asks for another."""
SOURCE = "Gadens Stemme, Rådet for Socialt Udsatte"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
DICTIONARY = ("variable", "category", "label_da", "label_en", "inside", "is_ground", "asserts", "tables")


_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


@contextmanager
def worded_in(lang: str) -> Iterator[None]:
    """Everything said meanwhile is for the file of this language."""
    token = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language of the file that is being made."""
    return _language.get()


def say(message: str, **values: object) -> str:
    """A sentence in the language of the file."""
    return i18n.translate(language(), message, **values)


def title(document: Document) -> str:
    """'Gadens Stemme: 1. kvartal 2027'."""
    return f"Gadens Stemme: {wording.period(document['period'], language())}"


def facts(document: Document) -> tuple[tuple[str, str], ...]:
    """What the release is, as names and values."""
    first, last = wording.span(document["weeks"][0], document["weeks"][-1], language())
    return (
        (say("Release"), document["id"]),
        (say("When"), f"{first} – {last}"),
        (say("Made public"), wording.day(date.fromisoformat(document["published_on"]), language())),
        (say("Codebook"), document["codebook_version"]),
        (say("Licence"), f"{document['licence']}, {LICENCE_ADDRESS}"),
        (say("Source"), SOURCE),
        (say("Fingerprint"), document["hash"] or ""),
        (say("Fingerprint of the release before"), document["previous_hash"] or ""),
    )


def sentences(document: Document) -> tuple[str, ...]:
    """How the figures are to be read, and how people are looked after."""
    return (
        say("A dash does not mean nobody. It means that the figure is hidden, so that nobody can be recognised."),
        say("We never show a figure below %(k)s. We show shares only where at least %(n)s people answered.",
            k=document["k"], n=document["min_n"]),
        say("We also hide figures from which a small one could be worked out. What is printed never changes."),
        say("The numbers in brackets show how sure we can be: they are the share's 95 per cent interval (Wilson)."),
        say("These are the answers that were given, not a sample of everybody. One person may have answered more than"
            " once."),
    )  # fmt: skip


def level(code: str) -> str:
    """What the places of a level are called together."""
    return {
        "region": say("Regions"),
        "council_area": say("Health-council areas"),
        "area": say("Municipalities"),
        "kind": say("Kinds of place"),
        "kind_region": say("Kinds of place in each region"),
        "site": say("Places"),
    }[code]


def dictionary(document: Document) -> Iterator[tuple[str, ...]]:
    """Every code the release can name, in the order of the catalogue: rows of `DICTIONARY`."""
    english, danish = Names(document, "en"), Names(document, "da")
    splits = {one["id"]: one["splits"] for one in document["tables"]}
    for dimension in document["dimensions"]:
        name = dimension["id"]
        tables = "" if dimension.get("base") else " ".join(code for code, split in splits.items() if name in split)
        for member in dimension["members"]:
            code = member["code"]
            yield (
                name,
                code,
                danish.called(name, code),
                english.called(name, code),
                member.get("parent") or " ".join(member.get("of", ())),
                "1" if member.get("ground") else "0",
                "0" if member.get("asserts") is False else "1",
                tables,
            )
