"""The time the demo covers: two finished quarters, and the weeks since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import weeks
from app.publication import catalogue, periods
from app.publication.periods import Period


@dataclass(frozen=True)
class Times:
    """`before` and `last` are the newest two quarters that may be published; nothing is hurried for a demo."""

    before: Period
    last: Period
    today: date

    @property
    def weeks(self) -> Mapping[str, tuple[str, ...]]:
        """The weeks of each part of the demo, by the names of content/demo/voices.toml."""
        since = tuple(self._since())
        middle = (len(since) + 1) // 2
        return {
            "before": self.before.weeks,
            "last": self.last.weeks,
            "running": since[:middle],
            "waiting": since[middle:],
        }

    @property
    def has_catalogue(self) -> bool:
        """Whether somebody has decided what is counted in these years; without that nothing is published."""
        years = {self.before.year, self.last.year}
        return all((catalogue.DIRECTORY / f"{year}.toml").is_file() for year in years)

    def _since(self) -> Iterator[str]:
        day = weeks.sunday(self.last.weeks[-1]) + timedelta(days=1)
        while day <= self.today:
            yield weeks.week_of(day)
            day += timedelta(weeks=1)


def of(today: date) -> Times:
    """The times of a demo that is started on this day."""
    both_years = (*periods.of_year(today.year - 1), *periods.of_year(today.year))
    rested = [one for one in both_years if one.kind == "quarter" and one.may_be_published_on() <= today]
    before, last = rested[-2:]
    return Times(before, last, today)
