"""Makes spellings comparable: letters without case and accents, digits of every script as 0-9."""

import re
import unicodedata

_SPELLED_OUT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_SPELLED_OUT_SMS = str.maketrans(
    {
        "æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ł": "l",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
        "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا",
    }
)  # fmt: skip
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, æ→ae, ø→oe, å→aa, other accents dropped (for search, hints and receipt codes)."""
    if text.isascii():
        return text.lower()
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT)
    return _without_marks(spelled)


def fold_sms(text: str) -> str:
    """What a text message is compared by: NFKC, casefold, plain digits, no marks, no invisible characters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    spelled = unicodedata.normalize("NFC", plain).translate(_SPELLED_OUT_SMS)
    return "".join(_plain_digit(c) for c in _without_marks(spelled))


def words(folded: str) -> list[str]:
    """The runs of letters and digits of a folded text, in order."""
    return _WORD.findall(folded)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED)


def _plain_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
