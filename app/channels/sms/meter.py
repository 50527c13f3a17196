"""Keeps a machine from talking with us for ever, and our bill within bounds, without knowing any number.

A cell stands for about 600 Danish numbers, so a full one says little, and tomorrow it says nothing.
What is counted for everybody is spread over a few cells, so that two texts need not wait for one row.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.channels.sms import queries, segments
from app.channels.sms.providers.base import Inbound
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


@dataclass(frozen=True)
class Cells:
    """Where replies are counted today: the number's cell, this hour's and this day's."""

    epoch: int
    number: int
    hour: range
    day: range

    @property
    def all(self) -> tuple[int, ...]:
        """Every one of them."""
        return (self.number, *self.hour, *self.day)


@dataclass(frozen=True)
class Levels:
    """What was counted so far: replies to the number's cell today, to everybody this hour, segments today."""

    number: int
    hour: int
    day: int


def cells(key: DayKey, sender: str, now: datetime) -> Cells:
    """Where replies to this number, of this hour and of this day are counted."""
    hour = _HOURS + now.hour * _SPREAD
    number = pseudonyms.meter_cell(key, "meter", sender)
    return Cells(key.epoch, number, range(hour, hour + _SPREAD), range(_SEGMENTS, _SEGMENTS + _SPREAD))


def levels(counted: Mapping[int, int], cells: Cells) -> Levels:
    """How full these cells are. Texts that come at the same moment do not see each other."""
    return Levels(
        counted.get(cells.number, 0),
        sum(counted.get(cell, 0) for cell in cells.hour),
        sum(counted.get(cell, 0) for cell in cells.day),
    )


def has_room(levels: Levels, reply: str, *, is_vital: bool) -> bool:
    """Whether this reply may go out: the number's day, everybody's hour, and the day's segments."""
    if is_vital:
        return levels.number < VITAL_REPLIES_A_DAY
    return (
        levels.number < REPLIES_A_DAY
        and levels.hour < REPLIES_AN_HOUR
        and levels.day + segments.segments(reply).segments <= config.settings().sms_daily_segments
    )


def amounts(cells: Cells, reply: str) -> Sequence[tuple[int, int]]:
    """Cell and number: one more reply to this number, in this hour; its segments in this day."""
    shard = secrets.randbelow(_SPREAD)
    return (cells.number, 1), (cells.hour[shard], 1), (cells.day[shard], segments.segments(reply).segments)


def cell_of_text(key: DayKey, inbound: Inbound) -> int:
    """Where this text of this telephone is counted."""
    same = f"{inbound.sender}\0{' '.join(folding.words(folding.fold_sms(inbound.text)))}"
    return _SAME + pseudonyms.meter_cell(key, "same", same)


def is_repeating(key: DayKey, cell: int) -> bool:
    """Whether one more in this cell is the third of today, or more."""
    return queries.level(key.epoch, cell, cell) + 1 >= REPEATS


def allows_lookup(now: datetime | None = None) -> bool:
    """Count one more lookup of a receipt in this hour; false when everybody together has had enough."""
    now = now or clock.now()
    epoch, hour = epoch_of(now), _LOOKUPS + now.hour * _SPREAD
    if queries.level(epoch, hour, hour + _SPREAD - 1) >= LOOKUPS_AN_HOUR:
        return False
    queries.count(epoch, hour + secrets.randbelow(_SPREAD), 1)
    return True
