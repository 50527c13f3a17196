"""Statements of the pages about missing voices."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.core import db
from app.desk.accounts.models import User
from app.desk.track.releases.models import ReleasePreview


def previewed() -> list[str]:
    """The periods a preview was worked out for."""
    found = select(ReleasePreview.period).where(ReleasePreview.document.is_not(None))
    return list(db.db.session.scalars(found.order_by(ReleasePreview.period)))


def preview(period: str) -> bytes | None:
    """What was worked out for a period."""
    return db.db.session.scalar(select(ReleasePreview.document).where(ReleasePreview.period == period))


def names_of(ids: Iterable[str]) -> Mapping[str, str]:
    """What the people with these ids (in hex) are called."""
    wanted = {bytes.fromhex(one) for one in ids}
    found = db.db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted)))
    return {known.hex(): name for known, name in found}
