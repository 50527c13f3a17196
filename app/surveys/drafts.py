"""The next version of a survey while it is being written: kept, so that nobody loses it, and asked of nobody."""

import hashlib
from dataclasses import replace

from app.core import db
from app.surveys import definition, queries, versions
from app.surveys.models import SurveyVersion
from app.surveys.questions import Survey


def get(survey_id: str) -> Survey | None:
    """What is being written; None if nothing is."""
    row = queries.draft(survey_id)
    return definition.from_json(row.definition) if row else None


def begun(survey_id: str) -> Survey | None:
    """What is being written, else the newest version as the one that would come next; None if there is no survey."""
    latest = queries.latest_version(survey_id)
    found = get(survey_id) or (versions.get(survey_id, latest.version) if latest else None)
    return found and _numbered(found)


def lock(survey_id: str) -> None:
    """Keep everybody else from changing this survey until the commit: who saves next begins from what was saved."""
    queries.lock_survey(survey_id)


def keep(survey: Survey) -> None:
    """Keep it in place of what was written before."""
    discard(survey.id)
    content = definition.to_json(_numbered(survey))
    db.db.session.add(
        SurveyVersion(
            survey_id=survey.id,
            version=_numbered(survey).version,
            state="draft",
            definition=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
        )
    )
    db.db.session.flush()


def discard(survey_id: str) -> None:
    """Throw away what was being written; what is published stays."""
    row = queries.draft(survey_id)
    if row:
        db.db.session.delete(row)
        db.db.session.flush()


def _numbered(survey: Survey) -> Survey:
    """Somebody may have published a version meanwhile."""
    latest = queries.latest_version(survey.id)
    return replace(survey, version=latest.version + 1 if latest else 1)
