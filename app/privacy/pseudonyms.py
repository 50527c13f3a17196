"""The only place that turns a telephone number or a provider's message id into something else.

Every value here is an HMAC under a day key: without that key, which dies within 48 hours, it
leads nowhere. A fast hash with a lasting key would not do: all Danish numbers are tried in minutes.
"""

from app.privacy.keys import DayKey


def thread(key: DayKey, number: str) -> bytes:
    """The id of the conversation with `number` on this key's day, 32 bytes."""
    return key.mac("sid", number)


def draft_key(key: DayKey, number: str) -> bytes:
    """Opens the state of that conversation, 32 bytes."""
    return key.mac("draft", number)


def message(key: DayKey, message_id: str) -> bytes:
    """The id under which a delivered message is remembered, 32 bytes."""
    return key.mac("mid", message_id)


def reply_key(key: DayKey, message_id: str) -> bytes:
    """Opens the remembered reply: only who presents the same message id can read it."""
    return key.mac("reply", message_id)


def meter_cell(key: DayKey, label: str, value: str) -> int:
    """One of 16,384 cells for counting without knowing whom: about 600 Danish numbers share one."""
    return int.from_bytes(key.mac(label, value)[:2], "big") >> 2
