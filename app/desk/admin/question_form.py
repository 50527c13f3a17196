"""One question as the fields of a form, and back again. What is wrong with it is said by the survey it would be in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core import numbers
from app.core.errors import Refusal
from app.surveys import question_types
from app.surveys.models import SITE_KINDS
from app.surveys.questions import Condition, Option, Question, Words

LANGUAGES = ("da", "en")
WORDS = ("text", "hint", "sms", "audio")
BOUNDS = ("max", "top", "low", "high")
MOST_ROWS = 11
"""Nine lines of a menu, "do not know" and "rather not say"."""
MOST_DIGITS = 6
_NOT_AN_ID = re.compile(r"[^a-z0-9]+")


class NoNumber(Refusal):
    """A field for a number that holds something else."""


@dataclass(frozen=True)
class Row:
    """One answer in the form; empty for a new one."""

    place: int
    id: str = ""
    da: str = ""
    en: str = ""
    short_da: str = ""
    short_en: str = ""
    picture: str = ""
    theme: str = ""


def rows(question: Question) -> list[Row]:
    """The answers, and two empty lines where more may stand."""
    filled = [_row(place, option) for place, option in enumerate(question.options, 1)]
    shape = question_types.by_name(question.type).shape
    room = MOST_ROWS - len(filled) if shape.most_options else 2 - len(filled)
    return filled + [Row(len(filled) + n) for n in range(1, min(2, max(room, 0)) + 1)]


def check_numbers(form: Mapping[str, str]) -> None:
    """Raise NoNumber for a number that is none."""
    places = (f"option{n}_place" for n in range(1, MOST_ROWS + 1))
    for name in (*BOUNDS, *places):
        typed = form.get(name, "")
        if typed.strip() and _number(typed) is None:
            raise NoNumber(_("“%(typed)s” is not a whole number.", typed=typed[:20]))


def question(form: Mapping[str, str], question_id: str) -> Question:
    """What the fields say; a language left empty is left out, and so is a number that is none."""
    words: dict[str, Any] = {name: _words(form, name) for name in WORDS}
    bounds: dict[str, Any] = {name: _number(form.get(name, "")) for name in BOUNDS}
    return Question(
        id=question_id,
        type=form.get("type", ""),
        measure=form.get("measure", "").strip() or None,
        options=tuple(_options(form)),
        show_if=_condition(form),
        only_at=frozenset(kind for kind in SITE_KINDS if form.get(f"only_at_{kind}")),
        **words,
        **bounds,
    )


def new_id(form: Mapping[str, str]) -> str:
    """The id somebody gave, or one made of the English question."""
    return _identifier(form.get("id", "") or form.get("text_en", ""), 40)


def _row(place: int, option: Option) -> Row:
    return Row(
        place, option.id, option.words.get("da", ""), option.words.get("en", ""),
        option.short.get("da", ""), option.short.get("en", ""), option.picture or "", option.theme or "",
    )  # fmt: skip


def _words(form: Mapping[str, str], name: str) -> Words:
    said = {lang: " ".join(form.get(f"{name}_{lang}", "").split()) for lang in LANGUAGES}
    return {lang: text for lang, text in said.items() if text}


def _options(form: Mapping[str, str]) -> Iterator[Option]:
    """In the order of their numbers; a line without words is gone."""
    lines = [n for n in range(1, MOST_ROWS + 1) if _words(form, f"option{n}")]
    for n in sorted(lines, key=lambda n: (_number(form.get(f"option{n}_place", "")) or n, n)):
        here = f"option{n}"
        words = _words(form, here)
        yield Option(
            id=form.get(f"{here}_id", "").strip() or _identifier(words.get("en", ""), 20),
            words=words,
            short=_words(form, f"{here}_short"),
            picture=form.get(f"{here}_picture") or None,
            theme=form.get(f"{here}_theme", "").strip() or None,
        )


def _condition(form: Mapping[str, str]) -> Condition | None:
    """`question` and the ids of its answers, with commas between."""
    asked = form.get("show_question", "")
    answers = frozenset(form.get("show_is", "").replace(",", " ").split())
    return Condition(asked, answers) if asked else None


def _number(typed: str) -> int | None:
    return numbers.read(typed, longest=MOST_DIGITS)


def _identifier(text: str, most: int) -> str:
    return _NOT_AN_ID.sub("_", text.lower()).strip("_")[:most].strip("_")
