"""Makes spellings comparable: letters without case and accents, digits of every script as 0-9."""

import re
import unicodedata
from collections.abc import Mapping

_DROPPED = frozenset({"Mn", "Me", "Cf"})
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, æ→ae, ø→oe, å→aa, other accents dropped (for search, hints and receipt codes)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower().translate(_PLAIN)


def fold_sms(text: str) -> str:
    """What a text message is compared by: NFKC, casefold, plain digits, no marks, no invisible characters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", plain).translate(_PLAIN_SMS)


def words(folded: str) -> list[str]:
    """The runs of letters and digits of a folded text, in order."""
    return _WORD.findall(folded)


class _Letters(dict[int, str]):
    """What each character is compared as, worked out once a character (str.translate asks here)."""

    def __init__(self, spelled: Mapping[str, str], *, plain_digits: bool) -> None:
        super().__init__({ord(character): out for character, out in spelled.items()})
        self.plain_digits = plain_digits

    def __missing__(self, code: int) -> str:
        base = [c for c in unicodedata.normalize("NFD", chr(code)) if unicodedata.category(c) not in _DROPPED]
        self[code] = "".join(_plain_digit(c) for c in base) if self.plain_digits else "".join(base)
        return self[code]


def _plain_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


_PLAIN = _Letters({"æ": "ae", "ø": "oe", "å": "aa"}, plain_digits=False)
_PLAIN_SMS = _Letters(
    {
        "æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ł": "l",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
    },
    plain_digits=True,
)  # fmt: skip
