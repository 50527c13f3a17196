"""The calendar of publication: months, quarters, halves and years of whole ISO weeks, each inside the next.

Nothing rolls and nothing overlaps without nesting: a window that ends one week later would tell
what was said in that week.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from flask_babel import gettext as _

from app.core import weeks
from app.core.errors import Refusal

REST = timedelta(days=14)
"""What comes in late still counts, and nobody reads about last week while it is last week."""

_CODE = re.compile(r"(\d{4})(?:-(M|Q|H)(\d\d?))?", re.ASCII)
_MONTHS = {"M": 1, "Q": 3, "H": 6, "": 12}
_KINDS = {"M": "month", "Q": "quarter", "H": "half", "": "year"}


class NotAPeriod(Refusal):
    """Only the periods of the calendar are published."""


class TooEarly(Refusal):
    """The period has not rested for fourteen days."""


@dataclass(frozen=True)
class Period:
    """A month, quarter, half or year: `2027-M01`, `2027-Q1`, `2027-H1`, `2027`."""

    year: int
    letter: str = ""
    number: int = 1

    @property
    def code(self) -> str:
        """The code people and files use."""
        if not self.letter:
            return f"{self.year:04}"
        return f"{self.year:04}-{self.letter}{self.number:0{2 if self.letter == 'M' else 1}}"

    @property
    def kind(self) -> str:
        """month, quarter, half or year."""
        return _KINDS[self.letter]

    @property
    def months(self) -> tuple[str, ...]:
        """The months in it, 'YYYY-MM'."""
        length = _MONTHS[self.letter]
        first = (self.number - 1) * length + 1
        return tuple(f"{self.year:04}-{month:02}" for month in range(first, first + length))

    @property
    def quarters(self) -> tuple["Period", ...]:
        """The quarters in it; none in a month."""
        every = (Period(self.year, "Q", nth) for nth in range(1, 5))
        return tuple(quarter for quarter in every if self.holds(quarter))

    @cached_property
    def weeks(self) -> tuple[str, ...]:
        """The weeks in it, 'YYYY-Www': those whose Thursday lies in its months."""
        return tuple(week for month in self.months for week in weeks.weeks_of_month(month))

    @property
    def parent(self) -> "Period | None":
        """The next longer period around it; None for a year."""
        around = {"M": ("Q", 3), "Q": ("H", 2)}.get(self.letter)
        if around is None:
            return Period(self.year) if self.letter else None
        return Period(self.year, around[0], (self.number - 1) // around[1] + 1)

    @property
    def before(self) -> "Period":
        """The one of the same length that ends where this begins."""
        if not self.letter:
            return Period(self.year - 1)
        if self.number > 1:
            return Period(self.year, self.letter, self.number - 1)
        return Period(self.year - 1, self.letter, 12 // _MONTHS[self.letter])

    def holds(self, other: "Period") -> bool:
        """Whether the other period lies inside this one (or is the same)."""
        return set(other.months) <= set(self.months)

    def may_be_published_on(self) -> date:
        """The first day it may be published: fourteen days after its last Sunday."""
        return weeks.sunday(self.weeks[-1]) + REST


def parse(code: str) -> Period:
    """The period of a code. Refuses weeks, ranges and anything else that is not in the calendar."""
    found = _CODE.fullmatch(code)
    if found is not None:
        period = Period(int(found[1]), found[2] or "", int(found[3] or 1))
        if period.code == code and 1 <= period.number <= 12 // _MONTHS[period.letter] and 1900 < period.year < 9999:
            return period
    raise NotAPeriod(
        _("%(code)s is not a period we publish. Choose a month, a quarter, a half or a year, like 2027-Q1.", code=code)
    )


def of_month(month: str) -> Period:
    """The period of 'YYYY-MM'."""
    return parse(month[:5] + "M" + month[5:])


def of_year(year: int) -> tuple[Period, ...]:
    """Every period of a catalogue year, the longer before those inside it."""
    numbers = {"": 1, "H": 2, "Q": 4, "M": 12}
    return tuple(Period(year, letter, nth + 1) for letter, count in numbers.items() for nth in range(count))


def refuse_too_early(period: Period, *, today: date) -> None:
    """Refuse a period that has not rested."""
    first = period.may_be_published_on()
    if today < first:
        raise TooEarly(_("%(code)s can be published from %(day)s.", code=period.code, day=first.isoformat()))
