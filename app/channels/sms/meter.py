"""Keeps a machine from talking with us for ever, and our bill within bounds, without knowing any number.

A cell stands for about 600 Danish numbers, so a full one says little, and tomorrow it says nothing.
What is counted for everybody is spread over a few cells, so that two texts need not wait for one row.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from app.channels.sms import queries, segments
from app.channels.sms.queries import Cells
from app.core import clock, config, folding
from app.privacy import pseudonyms
from app.privacy.keys import DayKey, epoch_of

REPEATS = 3
"""The third equal text of a day outside a conversation gets no reply and is not stored."""
REPLIES_A_DAY = 30
"""Replies to one number in a UTC day; then stored and silent."""
VITAL_REPLIES_A_DAY = 60
"""STOP, SLET, HJÆLP and help lines are answered up to here."""
REPLIES_AN_HOUR = 600
LOOKUPS_AN_HOUR = 300
"""Receipts looked up by text, by everybody together: nobody can try codes."""

_CELLS, _SPREAD = 1 << 14, 8
_SAME = _CELLS
_HOURS = 2 * _CELLS
_SEGMENTS = _HOURS + 24 * _SPREAD
_LOOKUPS = _SEGMENTS + _SPREAD


def cells(key: DayKey, sender: str, now: datetime) -> Cells:
    """Where replies to this number, of this hour and of this day are counted."""
    number = pseudonyms.meter_cell(key, "meter", sender)
    hour = _HOURS + now.hour * _SPREAD
    return Cells(key.epoch, (number, number), (hour, hour + _SPREAD - 1), (_SEGMENTS, _SEGMENTS + _SPREAD - 1))


def has_room(levels: Mapping[str, int], reply: str, *, is_vital: bool) -> bool:
    """Whether this reply may go out: the number's day, everybody's hour, and the day's segments."""
    if is_vital:
        return levels["number"] < VITAL_REPLIES_A_DAY
    return (
        levels["number"] < REPLIES_A_DAY
        and levels["hour"] < REPLIES_AN_HOUR
        and levels["day"] + segments.segments(reply).segments <= config.settings().sms_daily_segments
    )


def count_reply(cells: Cells, reply: str) -> None:
    """One more reply to this number, in this hour; its segments in this day."""
    shard = secrets.randbelow(_SPREAD)
    size = segments.segments(reply).segments
    queries.count(cells.epoch, {cells.number[0]: 1, cells.hour[0] + shard: 1, cells.day[0] + shard: size})


def is_repeating(key: DayKey, sender: str, text: str) -> bool:
    """Count this text of this telephone today; true from the third time on."""
    same = f"{sender}\0{' '.join(folding.words(folding.fold_sms(text)))}"
    cell = _SAME + pseudonyms.meter_cell(key, "same", same)
    queries.count(key.epoch, {cell: 1})
    return queries.level(key.epoch, cell, cell) >= REPEATS


def allows_lookup(now: datetime | None = None) -> bool:
    """Count one more lookup of a receipt in this hour; false when everybody together has had enough."""
    now = now or clock.now()
    epoch, hour = epoch_of(now), _LOOKUPS + now.hour * _SPREAD
    if queries.level(epoch, hour, hour + _SPREAD - 1) >= LOOKUPS_AN_HOUR:
        return False
    queries.count(epoch, {hour + secrets.randbelow(_SPREAD): 1})
    return True
