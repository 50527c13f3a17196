"""Keeps a machine from talking with us for ever, and our bill within bounds, without knowing any number.

A cell stands for about 600 Danish numbers, so a full one says little, and tomorrow it says nothing.
"""

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

_CELLS = 1 << 14
_SAME = _CELLS
_HOURS = 2 * _CELLS
_SEGMENTS = _HOURS + 24
_LOOKUPS = _SEGMENTS + 1


@dataclass(frozen=True)
class Cells:
    """Where replies are counted today: the number's cell, this hour's and this day's."""

    epoch: int
    number: int
    hour: int
    day: int

    @property
    def all(self) -> tuple[int, int, int]:
        """Every one of them."""
        return self.number, self.hour, self.day


@dataclass(frozen=True)
class Levels:
    """What was counted so far: replies to the number's cell today, to everybody this hour, segments today."""

    number: int
    hour: int
    day: int


def cells(key: DayKey, sender: str, now: datetime) -> Cells:
    """Where replies to this number, of this hour and of this day are counted."""
    return Cells(key.epoch, pseudonyms.meter_cell(key, "meter", sender), _HOURS + now.hour, _SEGMENTS)


def levels(counted: Mapping[int, int], cells: Cells) -> Levels:
    """How full these cells are. Texts that come at the same moment do not see each other."""
    return Levels(counted.get(cells.number, 0), counted.get(cells.hour, 0), counted.get(cells.day, 0))


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
    return (cells.number, 1), (cells.hour, 1), (cells.day, segments.segments(reply).segments)


def cell_of_text(key: DayKey, inbound: Inbound) -> int:
    """Where this text of this telephone is counted."""
    same = f"{inbound.sender}\0{' '.join(folding.words(folding.fold_sms(inbound.text)))}"
    return _SAME + pseudonyms.meter_cell(key, "same", same)


def is_repeating(key: DayKey, cell: int) -> bool:
    """Whether one more in this cell is the third of today, or more."""
    return queries.level(key.epoch, cell) + 1 >= REPEATS


def allows_lookup(now: datetime | None = None) -> bool:
    """Count one more lookup of a receipt in this hour; false when everybody together has had enough."""
    now = now or clock.now()
    epoch, cell = epoch_of(now), _LOOKUPS + now.hour
    if queries.level(epoch, cell) >= LOOKUPS_AN_HOUR:
        return False
    queries.count(epoch, cell, 1)
    return True
