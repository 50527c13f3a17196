"""Working out the previews that were asked for. It lets the guard think, so no page imports this: the worker does."""

import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.core import db
from app.core.clock import COPENHAGEN
from app.core.errors import Refusal
from app.desk.track import queries
from app.desk.track.releases import queries as kept
from app.publication import published, releases
from app.publication.formats import json
from app.publication.guard import Step, Tell

LONGEST_FAULT = 400
EVERY = 1.0
"""Seconds between two notes of progress: a page that waits asks no more often."""


def work_out(now: datetime) -> None:
    """The job: one preview that was asked for. The guard thinks outside any transaction."""
    db.begin_reading()
    period = queries.preview_asked()
    seen = seen_beside(period) if period else ()
    db.db.session.rollback()
    if period is None:
        return
    decided, fault, today = None, "", now.astimezone(COPENHAGEN).date()
    try:
        decided = releases.preview(period, today, telling(period), seen)
    except Refusal as refusal:
        fault = str(refusal)[:LONGEST_FAULT]
    _keep(period, decided, fault, today)
    kept.forget_progress()


def telling(period: str) -> Tell:
    """Who writes down how far the guard has come with a period: in transactions of their own, once a second."""
    last = 0.0

    def tell(step: Step, share: float) -> None:
        nonlocal last
        if time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        kept.keep_progress(period, step.value, int(100 * share))
        db.db.session.commit()

    return tell


def seen_beside(period: str) -> list[Mapping[str, Any]]:
    """The previews of other periods of the year that are not out: what was shown of them counts as printed."""
    documents = kept.documents(period[:4], but_not=period)
    return [json.read(one) for one in documents]


def tidy() -> None:
    """Nothing is being worked out now, and what is out has no preview: why its figures are hidden is kept nowhere."""
    kept.forget_progress()
    kept.forget_previews(one.period for one in published.published())


def _keep(period: str, decided: releases.Preview | None, fault: str, today: date) -> None:
    found = queries.preview(period)
    if found is None:
        return
    found.fault, found.document = fault, None
    if decided is not None:
        found.document = json.canonical(decided.document(today))
        found.reasons = {why.value: count for why, count in decided.hidden.items()}
        found.seconds = round(decided.seconds)
