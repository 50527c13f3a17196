"""Every sentence of the channel with the widest values in it, in any language."""

from app.channels.sms import wording
from app.channels.sms.wording import Sentence
from app.core.i18n import translate
from app.privacy import wordlist
from app.publication import themes

CODE = " ".join(["SVÆRMER"] * 4)
"""Four words of a receipt, each of the seven letters a word may have."""
PLACE = "Værested på Nørrebro"
"""A name of twenty letters; longer ones are the business of who names a place."""
TYPED = "ÆØÅÆ1234"
"""As much of a code as we repeat."""


def values(lang: str) -> dict[str, object]:
    """What may stand in the sentences of the channel, as wide as it gets."""
    statuses = (translate(lang, status) for status in (wording.READ, wording.ANSWERED))
    return {
        "code": CODE,
        "site": PLACE,
        "typed": TYPED,
        "theme": max((themes.name(code, lang) for code in themes.codes()), key=len),
        "status": max(statuses, key=len),
        "news": news(lang),
        "low": 0,
        "high": 10,
        "most": 9,
    }


def news(lang: str) -> str:
    """Something told that, with what stands around it, still goes out in one part of Danish and English."""
    return "Fra 1. marts er her åbent hele natten, og der er altid en at tale med ved døren nu."


def rendered(lang: str, msgid: str) -> str:
    """One sentence as it would go out in this language."""
    return wording.rendered(lang, (Sentence(msgid, {name: str(value) for name, value in values(lang).items()}),))


def longest_receipt_word() -> int:
    """Letters of the longest word a receipt may have."""
    return max(map(len, wordlist.words()))
