"""How a release would look before anybody signs it: asked for here, worked out by the worker (previewing)."""

from collections.abc import Sequence
from datetime import date

from app.core import config, db, weeks
from app.desk.track import queries
from app.desk.track.releases.models import ReleasePreview
from app.publication import catalogue, periods, published
from app.publication.periods import Period


def ask(period: str, today: date) -> ReleasePreview:
    """Have it worked out. Refuses what cannot be published yet.

    A preview stays what it was until its period is out, since others are decided beside it; only one that could not
    be worked out is tried again. In a demo, where answers go on coming, all are.
    """
    asked = periods.parse(period)
    if not config.settings().is_demo:
        periods.refuse_too_early(asked, today=today)
    found = queries.preview(asked.code) or ReleasePreview(period=asked.code)
    if found.document and not config.settings().is_demo:
        return found
    found.asked_on, found.document, found.fault = today, None, ""
    db.db.session.add(found)
    return found


def periods_to_publish(today: date) -> list[Period]:
    """The periods that have begun in the years we have a catalogue for and that are not out, newest first."""
    out = {release.period for release in published.published()}
    begun = [one for year in (today.year - 1, today.year) for one in _of_year(year) if _begins(one) <= today]
    waiting = [one for one in begun if one.code not in out]
    return sorted(waiting, key=lambda one: (one.may_be_published_on(), one.code), reverse=True)


def heard(waiting: Sequence[Period]) -> frozenset[str]:
    """The codes of those periods that somebody's answer is from."""
    months = sorted({month for period in waiting for month in period.months})
    found = queries.months_heard(months)
    return frozenset(period.code for period in waiting if not found.isdisjoint(period.months))


def _begins(period: Period) -> date:
    return weeks.monday(period.weeks[0])


def _of_year(year: int) -> tuple[Period, ...]:
    return periods.of_year(year) if (catalogue.DIRECTORY / f"{year}.toml").is_file() else ()
