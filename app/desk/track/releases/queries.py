"""How far the work on a release has come."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from app.core import db
from app.desk.track.releases.models import ReleasePreview, ReleaseProgress


def progress(period: str) -> ReleaseProgress | None:
    """What the guard is doing about a period now."""
    return db.db.session.get(ReleaseProgress, period)


def keep_progress(period: str, step: str, percent: int) -> None:
    """Write down what it is doing."""
    db.db.session.merge(ReleaseProgress(period=period, step=step, percent=percent))


def forget_progress() -> None:
    """Nothing is being worked out: there is one worker, and one period at a time."""
    db.connection().execute(delete(ReleaseProgress))


def documents(year: str, *, but_not: str) -> Sequence[bytes]:
    """The previews of a year that somebody may have read, in the order of their periods; without that of one period."""
    found = select(ReleasePreview.document).where(
        ReleasePreview.document.is_not(None), ReleasePreview.period.startswith(year), ReleasePreview.period != but_not
    )
    return [bytes(one) for one in db.connection().execute(found.order_by(ReleasePreview.period)).scalars() if one]


def forget_previews(periods: Iterable[str]) -> None:
    """What is out needs no preview."""
    db.connection().execute(delete(ReleasePreview).where(ReleasePreview.period.in_(list(periods))))
