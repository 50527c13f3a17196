"""How a release would look before anybody signs it: asked for in a page, worked out by the worker."""

from datetime import date, datetime

from app.core import config, db, weeks
from app.core.clock import COPENHAGEN
from app.core.errors import Refusal
from app.desk.track import queries
from app.desk.track.models import ReleasePreview
from app.publication import catalogue, document, periods, published, releases
from app.publication.formats import json
from app.publication.periods import Period

LONGEST_FAULT = 400


def ask(period: str, today: date) -> ReleasePreview:
    """Have it worked out, again if it was before. Refuses what cannot be published yet."""
    asked = periods.parse(period)
    if not config.settings().is_demo:
        periods.refuse_too_early(asked, today=today)
    found = queries.preview(asked.code) or ReleasePreview(period=asked.code)
    found.asked_on, found.document, found.fault = today, None, ""
    db.db.session.add(found)
    return found


def work_out(now: datetime) -> None:
    """The job: one preview that was asked for. The guard thinks outside any transaction."""
    db.begin_reading()
    period = queries.preview_asked()
    db.db.session.rollback()
    if period is None:
        return
    content, fault, today = None, "", now.astimezone(COPENHAGEN).date()
    try:
        content = _document(releases.preview(period, today), today)
    except Refusal as refusal:
        fault = str(refusal)[:LONGEST_FAULT]
    found = queries.preview(period)
    if found is not None:
        found.document, found.fault = content, fault


def periods_to_publish(today: date) -> list[Period]:
    """The periods that have begun in the years we have a catalogue for and that are not out, newest first."""
    out = {release.period for release in published.published()}
    begun = [one for year in (today.year - 1, today.year) for one in _of_year(year) if _begins(one) <= today]
    waiting = [one for one in begun if one.code not in out]
    return sorted(waiting, key=lambda one: (one.may_be_published_on(), one.code), reverse=True)


def _document(decided: releases.Preview, today: date) -> bytes:
    asked = decided.question
    printed = document.build(
        asked.year,
        asked.period,
        asked.places,
        planned=asked.planned,
        shown=decided.shown,
        published_on=today,
        previous=asked.previous,
    )
    return json.canonical(printed)


def _begins(period: Period) -> date:
    return weeks.monday(period.weeks[0])


def _of_year(year: int) -> tuple[Period, ...]:
    return periods.of_year(year) if (catalogue.DIRECTORY / f"{year}.toml").is_file() else ()
