"""What the machine says beside a text: codes it may be about, the tone it seems to have, another language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale

from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook.codes import Book
from app.desk.moderation.models import Code
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.suggesting import language, showing, textblob_danish
from app.desk.moderation.suggesting.suggestions import Suggestion
from app.desk.moderation.translating import translations

ROLE = "moderator"


@dataclass(frozen=True)
class Chip:
    """A code on offer."""

    code: Code
    why: tuple[str, ...]
    is_clear: bool
    """Whether the codebook's own words name it; else it only may be."""
    shown: str
    """What the form sends back, so that what was really shown is kept."""


def panel(item: AnyRow, opened: Opened | None, statement: AnyRow | None, me: User) -> dict[str, Any]:
    """Names for `_suggestions.html` and `_tone.html`. Only Danish words are read, a person's translation if need be."""
    if me.role != ROLE or (opened is None and statement is None):
        return {"offered": [], "has_danish": True, "tone": None, "seems": None}
    danish, book = translations.danish_of(item, opened, statement), codes.book()
    own_words = opened.masked if opened else statement.text  # type: ignore[union-attr]  # one of them is there
    return {
        "offered": chips(danish, book) if danish else [],
        "has_danish": bool(danish),
        "tone": textblob_danish.tone_of(danish) if danish and opened else None,
        "seems": _name_of(language.disagrees(own_words, item.lang)) if opened else None,
    }


def chips(danish: str, book: Book) -> Sequence[Chip]:
    """The chips beside these words, each with its code."""
    offered = ((chip, book.code(chip.code)) for chip in showing.chips(danish, book))
    return [Chip(code, chip.why, chip.is_hinted, _shown(chip, book)) for chip, code in offered if code]


def _name_of(lang: str | None) -> str | None:
    """A language in the words of whoever reads the page."""
    locale = get_locale()
    return str(locale.languages.get(lang, lang)) if lang and locale else lang


def _shown(chip: Suggestion, book: Book) -> str:
    return f"{chip.code} {showing.level_of(chip)} {showing.version_of(chip, book)}"
