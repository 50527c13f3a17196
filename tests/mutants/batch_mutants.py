"""Houses in which somebody who looks often enough sees that somebody answered, each in one way."""

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy import func, select

from app.core import db, metrics
from app.surveys import batches, queries, responses
from app.surveys.models import Response


def live_counter(wrong: pytest.MonkeyPatch) -> None:
    """What came in is on the desk a moment later."""
    wrong.setattr(batches, "release", lambda now, size: queries.release_waiting(only_due=False, also_growing=True))


def per_site_metric(wrong: pytest.MonkeyPatch) -> None:
    """A figure of how many said something at each place, as it happens."""
    ours = metrics.lines

    def lines(now: datetime) -> Iterator[str]:
        counted = select(Response.site_code, func.count()).group_by(Response.site_code)
        rows = db.connection().execute(counted).all()
        yield from ours(now)
        yield from (f'stemme_said_total{{site="{site}"}} {number}' for site, number in rows)

    wrong.setattr(metrics, "lines", lines)


def batch_in_order(wrong: pytest.MonkeyPatch) -> None:
    """Ids that begin with the time, as databases like them."""
    ticks = itertools.count()
    wrong.setattr(responses, "new_id", lambda: next(ticks).to_bytes(16, "big"))


MOVING: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "live_counter": (live_counter, "moderator /desk/queue"),
    "per_site_metric": (per_site_metric, "scraper /metrics"),
}
"""Each with where it shows."""
