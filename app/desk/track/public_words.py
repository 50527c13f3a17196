"""What a text for the public may hold: no typed numbers, so that every figure printed is a frozen one.

A figure is a cell reference. A date, a time or a paragraph stands in `[ikke et antal: 1. marts]`
and is shown without the marks.
"""

import re
import unicodedata

from flask_babel import gettext as _

from app.core.errors import Refusal

REFERENCE = re.compile(r"\[\[([^\[\]]*)\]\]")
NO_COUNT = re.compile(r"\[(?:ikke et antal|not a count):\s*([^\[\]]+?)\s*\]", re.IGNORECASE)
_CODE = re.compile(r"\b[UFBAR][1-9][0-9]{0,8}\b")
"""The public code of an object of the track, which counts nothing."""
_DIGITS = r"\w*\d[\d.,:]*\w*"
_DANISH = "næsten alle|én|een|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|kun|ingen|alle"
_ENGLISH = "almost all|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|only|nobody|none|all"
_COUNTS = {
    "da": re.compile(rf"{_DIGITS}|\b(?:{_DANISH})\b", re.IGNORECASE),
    "en": re.compile(rf"{_DIGITS}|\b(?:{_ENGLISH})\b", re.IGNORECASE),
}


class NumbersTyped(Refusal):
    """A number, or a word that works like one, was typed where only a frozen figure may stand."""


def counts(text: str, lang: str = "da") -> list[str]:
    """The typed numbers and number words outside references and marks, in order."""
    bare = NO_COUNT.sub(" ", REFERENCE.sub(" ", text))
    return [found[0] for found in _COUNTS[lang].finditer(_CODE.sub(" ", _plain(bare)))]


def check(*texts: str, lang: str = "da") -> None:
    """Refuse texts with typed numbers, naming each."""
    found = [count for text in texts for count in counts(text, lang)]
    if found:
        raise NumbersTyped(
            _(
                "Numbers are never typed: %(found)s. Use a cell reference. If it is a date, a time or a "
                "paragraph, write it like this: [ikke et antal: 1. marts].",
                found=", ".join(f"“{count}”" for count in dict.fromkeys(found)),
            )
        )


def marked(text: str) -> list[str]:
    """What somebody marked as no count, so that the second person can look at it."""
    return [found[1] for found in NO_COUNT.finditer(text)]


def unmarked(text: str) -> str:
    """The text as it is shown: what is no count, without the marks around it."""
    return NO_COUNT.sub(r"\1", text)


def _plain(text: str) -> str:
    """½ and full-width digits as digits, and no invisible character inside a word."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
