"""Help lines: which numbers a person is given at a place, in what order, and which nobody has confirmed lately."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.core import clock, config
from app.core.i18n import REVIEWED
from app.surveys import wordlists
from app.surveys.questions import Words, in_language

ACUTE = frozenset({"danger", "suicide", "overdose", "violence"})
"""What HJÆLP is about: a life, or somebody's fists."""
ONLY_IF_ASKED = frozenset({"police"})
"""Never shown unasked: to many who use these places the police are no help line."""

_EVERYWHERE = "national"
_HOUSE_LANGUAGES = frozenset({"da", "en"})


@dataclass(frozen=True)
class HelpLine:
    """One line. `say` is the whole sentence a person is given; `dial` is what a telephone is handed."""

    key: str
    region: str
    municipality: str | None
    topics: frozenset[str]
    is_always_shown: bool
    name: Words
    say: Words
    number: str | None
    dial: str | None
    sms: str | None
    hours: Words
    languages: tuple[str, ...]
    verified_on: date | None


@dataclass(frozen=True)
class HelpLines:
    """The lines of the house, in the order of the file."""

    lines: tuple[HelpLine, ...]
    max_age_days: int

    def line(self, key: str) -> HelpLine | None:
        """One line by its key, if it may be shown."""
        return next((line for line in self.lines if line.key == key), None)


def load(text: str) -> HelpLines:
    """What content/help_lines.json holds. A line without a sentence is not known well enough to be shown at all."""
    found = json.loads(text)
    lines = tuple(_line(line) for line in found["lines"] if line["say"])
    return HelpLines(lines, found["max_age_days"])


def shown(book: HelpLines, *, today: date, is_production: bool) -> HelpLines:
    """In production a line nobody has confirmed for 180 days is left out. 112 never is."""
    if not is_production:
        return book
    lines = tuple(line for line in book.lines if line.is_always_shown or is_confirmed(line, book, today=today))
    return HelpLines(lines, book.max_age_days)


def current() -> HelpLines:
    """The lines that this house may show today."""
    is_production = config.settings().env == "production"
    return shown(_house_lines(), today=clock.now().date(), is_production=is_production)


def every() -> HelpLines:
    """All lines of the house, confirmed or not: for who looks after them."""
    return _house_lines()


def is_confirmed(line: HelpLine, book: HelpLines, *, today: date) -> bool:
    """Whether a person of the house rang it, or read its own page, lately."""
    return line.verified_on is not None and today - line.verified_on <= timedelta(days=book.max_age_days)


def for_place(
    book: HelpLines, *, municipality: str, region: str, lang: str, topics: Collection[str] | None = None
) -> tuple[HelpLine, ...]:
    """The lines of a place: 112, then those of its municipality, its region, and the whole country.

    `topics` narrows them; without it every line but the police is given. A line that speaks only another
    language is given only to who speaks it.
    """
    nearness = {
        line.key: _nearness(line, municipality, region)
        for line in book.lines
        if _speaks(line, lang) and _fits(line, topics)
    }
    near = [line for line in book.lines if nearness.get(line.key) is not None]
    return tuple(sorted(near, key=lambda line: nearness[line.key] or 0))


def acute_sentences(book: HelpLines, local_help: Words, *, lang: str) -> list[str]:
    """What HJÆLP says, most urgent first: 112, the people on the spot, then national lines for the worst moments."""
    acute = for_place(book, municipality="", region=_EVERYWHERE, lang=lang, topics=ACUTE)
    first = [say(line, lang) for line in acute if line.is_always_shown]
    others = [say(line, lang) for line in acute if not line.is_always_shown]
    local = in_language(local_help, lang)[0]
    return [*first, *([local] if local else []), *others]


def say(line: HelpLine, lang: str) -> str:
    """The line's sentence in this language, or the one it falls back to."""
    return in_language(line.say, lang)[0]


def _nearness(line: HelpLine, municipality: str, region: str) -> int | None:
    """0 always, 1 the municipality's, 2 the region's, 3 the country's; None for another place's."""
    if line.is_always_shown:
        return 0
    if line.municipality:
        return 1 if line.municipality == municipality else None
    if line.region == _EVERYWHERE:
        return 3
    return 2 if line.region == region else None


def _speaks(line: HelpLine, lang: str) -> bool:
    return not line.languages or lang in line.languages or not _HOUSE_LANGUAGES.isdisjoint(line.languages)


def _fits(line: HelpLine, topics: Collection[str] | None) -> bool:
    if topics is None:
        return line.topics.isdisjoint(ONLY_IF_ASKED)
    return line.is_always_shown or not line.topics.isdisjoint(topics)


def _line(found: Mapping[str, Any]) -> HelpLine:
    verified_on = found["verified_on"]
    return HelpLine(
        key=found["key"],
        region=found["region"],
        municipality=found["municipality"],
        topics=frozenset(found["topics"]),
        is_always_shown=found["always"],
        name=_read(found["name"]),
        say=_read(found["say"]),
        number=found["number"],
        dial=found["dial"],
        sms=found["sms"],
        hours=_read(found["hours"] or {}),
        languages=tuple(found["languages"]),
        verified_on=date.fromisoformat(verified_on) if verified_on else None,
    )


def _read(words: Words) -> Words:
    """What a person has read: a number in wrong words can cost a life, so no machine's wording is ever shown."""
    return {lang: sentence for lang, sentence in words.items() if lang in REVIEWED}


@cache
def _house_lines() -> HelpLines:
    return load((wordlists.CONTENT / "help_lines.json").read_text(encoding="utf-8"))
