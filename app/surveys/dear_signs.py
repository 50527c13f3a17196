"""Which characters make a text message dear, what they are called, and what to write instead."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from app.core.i18n import N_
from app.surveys.plain_signs import base_letter, plain_sign
from app.surveys.segments import is_plain

_PICTURES = frozenset({"So", "Cs"})
_KINDS = {"Pd": N_("a dash"), "Pi": N_("a curly quotation mark"), "Pf": N_("a curly quotation mark"),
          "Ps": N_("a curly quotation mark"), "Cf": N_("an invisible sign"), "Mn": N_("a loose accent"),
          "So": N_("an emoji")}  # fmt: skip
_BY_NAME = {"…": N_("three dots in one sign"), "\t": N_("a tab"), "`": N_("a backtick")}
_SPACE, _LETTER, _OTHER = (
    N_("a space of its own kind"),
    N_("a letter that text messages lack"),
    N_("a sign that text messages lack"),
)


@dataclass(frozen=True)
class Dear:
    """A character outside the cheap alphabet. `instead` is empty where it is best left out, None where nothing is."""

    sign: str
    name: str
    instead: str | None

    @property
    def shown(self) -> str:
        """The sign, or its number where there is nothing to see."""
        is_seen = self.sign.isprintable() and not self.sign.isspace() and not unicodedata.combining(self.sign)
        return self.sign if is_seen else f"U+{ord(self.sign):04X}"

    @property
    def advice(self) -> str:
        """One sentence: what it is, what it does, what to do."""
        told = {"sign": self.shown, "name": _(self.name)}
        if self.instead is None:
            return _("“%(sign)s” (%(name)s) makes the message twice as dear.", **told)
        if not self.instead:
            return _("“%(sign)s” (%(name)s) makes the message twice as dear. Leave it out.", **told)
        if not self.instead.strip():
            return _("“%(sign)s” (%(name)s) makes the message twice as dear. Write a plain space instead.", **told)
        return _(
            "“%(sign)s” (%(name)s) makes the message twice as dear. Write %(instead)s instead.",
            instead=self.instead,
            **told,
        )


def dear(sign: str) -> Dear:
    """What there is to say about one character outside the cheap alphabet."""
    cheaper = base_letter(plain_sign(sign))
    if is_emoji(sign):
        return Dear(sign, _KINDS["So"], "")
    name = _BY_NAME.get(sign) or _KINDS.get(unicodedata.category(sign)) or _by_letter(sign)
    return Dear(sign, name, cheaper if is_plain(cheaper) else None)


def is_emoji(sign: str) -> bool:
    """Whether this is a picture rather than writing; half of a broken one is one too."""
    return unicodedata.category(sign) in _PICTURES or sign > "\uffff"


def all_in(text: str) -> list[Dear]:
    """Each dear character of a text once, in order."""
    return [dear(sign) for sign in dict.fromkeys(text) if not is_plain(sign)]


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether a piece is dear, so that a page can mark it."""
    for is_cheap, signs in groupby(text, is_plain):
        yield "".join(signs), not is_cheap


def _by_letter(sign: str) -> str:
    if sign.isspace():
        return _SPACE
    return _LETTER if sign.isalpha() else _OTHER
