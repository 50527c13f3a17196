"""What a reply costs, and how our own wording is made cheaper before it is sent (never a citizen's words)."""

import unicodedata

from app.surveys.segments import Segments, is_plain, segments

__all__ = ["Segments", "downgrade", "segments"]

_UNTOUCHED = frozenset({"ar", "fa"})  # the zero-width non-joiner matters, and nothing would get cheaper
_MARKS_MATTER = frozenset({"pl", "ro"})  # their marks go only where that saves a part
_TYPOGRAPHY = {
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−•‣◦⁃∙·▪", "-"),
    "…": "...",
    "×": "x",
    "\t": " ",
}
_NO_MARK_TO_DROP = {
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "ı": "i",
    "œ": "oe",
    "Œ": "OE",
}


def downgrade(text: str, lang: str) -> str:
    """The same sentence in characters that keep it short.

    Danish, English, Greenlandic and Somali: typography to plain signs, foreign letters to their base, never æøå.
    Polish and Romanian: typography; marks only where a part is saved. Arabic and Farsi: as they are.
    """
    if lang in _UNTOUCHED or is_plain(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(_plain_sign(character) for character in composed)
    unmarked = "".join(_base_letter(character) for character in plain)
    if lang not in _MARKS_MATTER:
        return unmarked
    return unmarked if segments(unmarked).segments < segments(plain).segments else plain


def _plain_sign(character: str) -> str:
    if is_plain(character):
        return character
    if character in _TYPOGRAPHY:
        return _TYPOGRAPHY[character]
    kind = unicodedata.category(character)
    return {"Zs": " ", "Zl": "\n", "Zp": "\n", "Cf": ""}.get(kind, character)


def _base_letter(character: str) -> str:
    if is_plain(character):
        return character
    if character in _NO_MARK_TO_DROP:
        return _NO_MARK_TO_DROP[character]
    decomposed = unicodedata.normalize("NFD", character)
    base = "".join(part for part in decomposed if unicodedata.category(part) != "Mn")
    return base if is_plain(base) else character
