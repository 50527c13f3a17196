"""A text as a person sent it: its words folded, and where each stands in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from app.core.folding import fold_sms

MOST_CHARACTERS = 1600  # a provider joins long texts up to here

_WORD = re.compile(r"[^\W_]+")
_ONLY_QUESTION_MARKS = re.compile(r"[?؟\s]*[?؟][?؟\s]*")
_SHOWS_ALL = re.compile("[\x00-\u00ac\u00ae-\u02ff]*")  # no sign below the combining ones is invisible but one hyphen
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_ELONGATION = "\u0640"  # Arabic stretches a word with it; it is no letter
_ENDS = frozenset({"Cc", "Zs", "Zl", "Zp", "Sm"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word, folded, and its place in the visible text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """`visible` is the original without marks and invisible characters; `places` leads back to the original."""

    original: str
    visible: str
    places: tuple[int, ...] | None

    @classmethod
    def of(cls, raw: str, most: int = MOST_CHARACTERS) -> "Said":
        """Control characters and what cannot be stored are gone, and it is no longer than a text can be."""
        original = tidy(raw, most)
        if _SHOWS_ALL.fullmatch(original):
            return cls(original, original, None)
        places = tuple(place for place, sign in enumerate(original) if _is_visible(sign))
        return cls(original, "".join(original[place] for place in places), places)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order."""
        return tuple(
            Token(fold_sms(match.group()), match.start(), match.end()) for match in _WORD.finditer(self.visible)
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words alone."""
        return tuple(token.word for token in self.tokens)

    @property
    def is_question_mark(self) -> bool:
        """Nothing but a question mark."""
        return _ONLY_QUESTION_MARKS.fullmatch(self.visible) is not None

    def after(self, end: int) -> str | None:
        """What was said behind this place, as a comment."""
        place = end if self.places is None else self.places[end] if end < len(self.places) else len(self.original)
        return as_comment(self.original[place:])

    def whole(self) -> str | None:
        """All of it, as a comment."""
        return self.original if has_letter(self.original) else None


def tidy(raw: str, most: int) -> str:
    """Composed, trimmed, cut, without control characters; line breaks and tabs stay."""
    lines = raw[: most * 2].replace("\r\n", "\n").replace("\r", "\n")
    kept = lines if lines.isprintable() else "".join(sign for sign in lines if _may_be_kept(sign))
    return unicodedata.normalize("NFC", kept).strip()[:most].strip()


def as_comment(rest: str) -> str | None:
    """Freed of punctuation at both ends; None if no letter is in it."""
    if not has_letter(rest):
        return None
    start, end = 0, len(rest)
    while _is_end(rest[start]) or unicodedata.category(rest[start]) in _INVISIBLE:
        start += 1
    while _is_end(rest[end - 1]):
        end -= 1
    return rest[start:end]


def has_letter(text: str) -> bool:
    """Whether there is anything to read in it."""
    return any(sign.isalpha() for sign in text)


def _may_be_kept(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")


def _is_visible(sign: str) -> bool:
    return sign.isascii() or (sign != _ELONGATION and unicodedata.category(sign) not in _INVISIBLE)


def _is_end(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] == "P" or kind in _ENDS or sign in "^`$"
