"""Published versions of surveys: frozen once and for all, so a late answer always finds its questions."""

import hashlib
from dataclasses import replace
from functools import lru_cache

from app.core import db
from app.core.errors import Refusal
from app.surveys import definition, queries
from app.surveys.definition import Survey
from app.surveys.models import Site, SurveyVersion
from app.surveys.questions import asked_at


class AlreadyPublished(Refusal):
    """A published version never changes."""


def publish(survey: Survey) -> bool:
    """Freeze this version and open it. Publishing the same words again changes nothing (False).

    What was being written under this number is thereby done; if it says something else, it becomes the next one.
    """
    content = definition.to_json(survey)
    known = queries.survey_version(survey.id, survey.version)
    if known and known.state == "draft":
        _make_way(known, content)
        known = None
    if known and known.definition == content and known.state == "published":
        return False
    if known:
        raise AlreadyPublished(
            f"{survey.id} version {survey.version} is published already and never changes; "
            f"give the new words version {survey.version + 1}."
        )
    db.db.session.add(
        SurveyVersion(
            survey_id=survey.id,
            version=survey.version,
            state="published",
            definition=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
        )
    )
    db.db.session.flush()
    return True


def _make_way(draft: SurveyVersion, content: str) -> None:
    if draft.definition == content:
        db.db.session.delete(draft)
    else:
        draft.version += 1
        draft.definition = definition.to_json(replace(definition.from_json(draft.definition), version=draft.version))
        draft.sha256 = hashlib.sha256(draft.definition.encode()).hexdigest()
    db.db.session.flush()


def close(survey_id: str, version: int) -> None:
    """No new conversation begins; those that run end on this version."""
    known = queries.survey_version(survey_id, version)
    if known is None or known.state != "published":
        raise Refusal(f"{survey_id} version {version} is not open.")
    known.state = "closed"


def open_one(survey_id: str | None) -> Survey | None:
    """The newest version, if it is open for new answers."""
    latest = queries.latest_version(survey_id) if survey_id else None
    if latest is None or latest.state != "published":
        return None
    return get(str(survey_id), latest.version)


def open_at(site: Site, survey_id: str | None) -> Survey | None:
    """What is asked at a place now: its survey as it is asked at such a place, while it is open there."""
    found = open_one(survey_id) if site.is_open else None
    return asked_at(found, site.kind) if found else None


def get_at(site: Site, survey_id: str, version: int) -> Survey | None:
    """One version, open or closed, as it is asked at such a place."""
    found = get(survey_id, version)
    return asked_at(found, site.kind) if found else None


def get(survey_id: str, version: int) -> Survey | None:
    """One version, open or closed."""
    found = _cached(survey_id, version)
    if found is None:
        _cached.cache_clear()  # it may be published later; only what is frozen is worth keeping
    return found


@lru_cache(maxsize=128)
def _cached(survey_id: str, version: int) -> Survey | None:
    content = queries.definition(survey_id, version)
    return definition.from_json(content) if content else None


def forget() -> None:
    """Forget what was read: another database is about to be opened."""
    _cached.cache_clear()
