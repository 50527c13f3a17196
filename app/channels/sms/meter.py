"""Keeps a machine from talking with us for ever, without knowing any number."""

from app.channels.sms import queries
from app.core import folding
from app.privacy import pseudonyms
from app.privacy.keys import DayKey

REPEATS = 3
"""The third equal text of a day outside a conversation gets no reply and is not stored."""


def is_repeating(key: DayKey, sender: str, text: str) -> bool:
    """Count this text of this telephone today; true from the third time on."""
    same = f"{sender}\0{' '.join(folding.words(folding.fold_sms(text)))}"
    return queries.count(key.epoch, pseudonyms.meter_cell(key, "same", same)) >= REPEATS
