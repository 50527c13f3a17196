"""How the texts of a quarter stand when its themes are counted: read, left out and why, or not read yet.

Texts are another population than answers, and have tables and tallies of their own (`content/catalogue/‹year›-texts`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from app.core import weeks
from app.publication import catalogue
from app.publication.dealt import WAITING
from app.publication.periods import Period

OUTCOME = "outcome"
COUNTRY = "DK"
READ = 95
"""Of a hundred texts: so many read, and the themes are counted."""
PATIENCE = timedelta(days=28)
"""After the last Sunday of the quarter they are counted with what is read by then."""
Texts = Callable[[Collection[str]], Mapping[str, int]]
"""Weeks → how many texts of them were approved, wait, or were left out for each reason."""
Standing = Mapping[str, Mapping[str, int]]
"""Month → outcome → how many texts."""


def standing(quarter: Period, texts: Texts) -> Standing:
    """How the texts of each month of a quarter stand now."""
    return {month: texts(weeks.weeks_of_month(month)) for month in quarter.months}


def is_time(quarter: Period, found: Standing, today: date) -> bool:
    """Whether enough is read, or enough time has gone."""
    total = sum((Counter(one) for one in found.values()), Counter[str]())
    read = total.total() - total[WAITING]
    return 100 * read >= READ * total.total() or today >= latest(quarter)


def latest(quarter: Period) -> date:
    """The day from which its themes are counted whatever is read."""
    return weeks.sunday(quarter.weeks[-1]) + PATIENCE


def rows(year: int, found: Standing, months: Iterable[str]) -> list[dict[str, Any]]:
    """The tallies of these months: all texts, and those of each outcome."""
    own = {"catalogue": catalogue.texts_id(year), "place": COUNTRY}
    return [
        own | {"month": month, "variable": variable, "category": outcome, "n": n}
        for month in sorted(months)
        for variable, outcome, n in _counted(found[month])
        if n
    ]


def _counted(outcomes: Mapping[str, int]) -> Iterable[tuple[str, str, int]]:
    yield "", "", sum(outcomes.values())
    yield from ((OUTCOME, outcome, n) for outcome, n in sorted(outcomes.items()))
