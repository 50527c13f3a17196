"""Releases that wait for a signature, and until when each must be out."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from app.core import i18n, weeks
from app.core.clock import COPENHAGEN
from app.desk.accounts.models import User
from app.desk.track import queries
from app.desk.track.clocks import Clock
from app.desk.track.releases import previews
from app.desk.track.task import Task
from app.publication import periods, published, text_tallies
from app.publication import queries as counting
from app.publication.formats import wording
from app.publication.periods import Period

SIGNATURES = {"council": "first", "moderator": "second"}
"""The council signs first, a moderator second."""


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Releases that lack the reader's signature."""
    if reader.role in SIGNATURES:
        for period in queries.releases_to_sign(SIGNATURES[reader.role]):
            about = wording.period(period, i18n.current())
            sentence = _("Sign the release %(code)s", code=period)
            yield Task(sentence, about, url_for("track.releases.show", code=period))


def clocks(today: date) -> Iterator[Clock]:
    """What should be out by now or soon: periods that somebody was heard in and that no longer one covers."""
    out = {periods.parse(release.period) for release in published.published()}
    over = [one for one in previews.periods_to_publish(today) if _last_day(one) < today]
    heard, counted = previews.heard(over), counting.counted_months()
    for period in over:
        if period.code in heard and not any(one.holds(period) for one in out):
            name = wording.period(period.code, i18n.current())
            yield Clock("release", period.code, name, _due_on(period, counted), _last_day(period))


def days_late(now: datetime) -> dict[str, int]:
    """How late the release is that is latest, in days, for the operator."""
    today = now.astimezone(COPENHAGEN).date()
    return {"": max((clock.days_late(today) for clock in clocks(today)), default=0)}


def _due_on(period: Period, counted: Mapping[str, bool]) -> date:
    """Fourteen days after its last Sunday; as many more while texts are not read, since their themes are counted then.

    A month prints no themes.
    """
    are_read = period.kind == "month" or all(counted.get(month) for month in period.months)
    return _last_day(period) + (periods.REST if are_read else text_tallies.PATIENCE)


def _last_day(period: Period) -> date:
    return weeks.sunday(period.weeks[-1])
