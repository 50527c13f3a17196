"""How our own wording is made cheaper before it is sent by text message. Never a citizen's words."""

import unicodedata

from app.surveys.segments import is_plain, segments

TYPOGRAPHY = {
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−•‣◦⁃∙·▪", "-"),
    "…": "...",
    "×": "x",
    "\t": " ",
}
_UNTOUCHED = frozenset({"ar", "fa"})  # the zero-width non-joiner matters, and nothing would get cheaper
_MARKS_MATTER = frozenset({"pl", "ro"})  # their marks go only where that saves a part
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
    plain = "".join(plain_sign(character) for character in composed)
    unmarked = "".join(base_letter(character) for character in plain)
    if lang not in _MARKS_MATTER:
        return unmarked
    return unmarked if segments(unmarked).segments < segments(plain).segments else plain


def plain_sign(character: str) -> str:
    """A typographic sign as typewriters have it, an invisible one as nothing; letters as they are."""
    if is_plain(character):
        return character
    if character in TYPOGRAPHY:
        return TYPOGRAPHY[character]
    kind = unicodedata.category(character)
    return {"Zs": " ", "Zl": "\n", "Zp": "\n", "Cf": ""}.get(kind, character)


def base_letter(character: str) -> str:
    """A letter without the mark that is too much for the cheap alphabet, where it has such a base."""
    if is_plain(character):
        return character
    if character in _NO_MARK_TO_DROP:
        return _NO_MARK_TO_DROP[character]
    decomposed = unicodedata.normalize("NFD", character)
    base = "".join(part for part in decomposed if unicodedata.category(part) != "Mn")
    return base if is_plain(base) else character
