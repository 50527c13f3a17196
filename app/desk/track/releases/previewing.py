"""Working out the previews that were asked for. It lets the guard think, so no page imports this: the worker does."""

from datetime import date, datetime

from app.core import db
from app.core.clock import COPENHAGEN
from app.core.errors import Refusal
from app.desk.track import queries
from app.publication import document, releases
from app.publication.formats import json

LONGEST_FAULT = 400


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
