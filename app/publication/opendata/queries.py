"""Reading and writing files about all releases, and what they are made of."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core import db
from app.publication.models import Release, Rendering
from app.publication.opendata.models import OpenFile
from app.surveys.models import SurveyVersion


def open_file(name: str) -> OpenFile | None:
    """One file as it was made."""
    return db.db.session.get(OpenFile, name)


def keep(name: str, content: bytes, sha256: str) -> None:
    """Store a file in place of what it was."""
    db.db.session.merge(OpenFile(name=name, content=content, sha256=sha256))


def printed(year: int, formats: Sequence[str]) -> Sequence[tuple[str, str, bytes]]:
    """Release, format and bytes of every release of a year, in the order in which they came out."""
    found = (
        select(Release.id, Rendering.format, Rendering.content)
        .join(Rendering, Rendering.release_id == Release.id)
        .where(Release.state == "published", Release.period.startswith(str(year)), Rendering.format.in_(formats))
        .order_by(Release.number, Rendering.format)
    )
    return [(one.id, one.format, one.content) for one in db.connection().execute(found)]


def asked_versions() -> Sequence[tuple[str, int]]:
    """Every version of a survey that was ever open, oldest first."""
    found = select(SurveyVersion.survey_id, SurveyVersion.version).where(SurveyVersion.state != "draft")
    rows = db.connection().execute(found.order_by(SurveyVersion.survey_id, SurveyVersion.version))
    return [(row.survey_id, row.version) for row in rows]
