"""When a place is open, as the tablet reckons: minutes of the week, from Sunday midnight."""

from collections.abc import Mapping
from typing import Any

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY = 24 * 60
_WEEK = 7 * _DAY
Stretch = tuple[int, int, str]
"""From and to, in minutes, and the hour as it is said: '9', '8.30'."""


def of_week(hours: Any) -> list[Stretch]:
    """Every stretch in which the tablet is awake, earliest first; `hours` is a day's '08:00-20:00', or 'always'.

    A night that runs into the next day is one stretch. One that runs out of the week stands at both ends of it.
    """
    if not isinstance(hours, Mapping):
        return [(0, _WEEK, "0")]
    open_ = [_stretch(number * _DAY, hours.get(day, "")) for number, day in enumerate(DAYS)]
    found = [one for one in open_ if one]
    return [(start - _WEEK, end - _WEEK, said) for start, end, said in found if end > _WEEK] + found


def _stretch(midnight: int, times: str) -> Stretch | None:
    first, dash, last = times.partition("-")
    if not dash:
        return None
    start, end = _minutes(first), _minutes(last)
    return midnight + start, midnight + end + (_DAY if end <= start else 0), _said(start)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute or 0)


def _said(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}.{minute:02}" if minute else str(hour)
