"""How far the work on a release has come."""

from sqlalchemy import delete

from app.core import db
from app.desk.track.releases.models import ReleasePreview, ReleaseProgress


def progress(period: str) -> ReleaseProgress | None:
    """What the guard is doing about a period now."""
    return db.db.session.get(ReleaseProgress, period)


def keep_progress(period: str, step: str, percent: int) -> None:
    """Write down what it is doing."""
    db.db.session.merge(ReleaseProgress(period=period, step=step, percent=percent))


def forget_progress(period: str) -> None:
    """It is done."""
    db.connection().execute(delete(ReleaseProgress).where(ReleaseProgress.period == period))


def forget_preview(period: str) -> None:
    """Nobody waits for it any more."""
    db.connection().execute(delete(ReleasePreview).where(ReleasePreview.period == period))
