"""Writing a survey: what a new version begins from, how it looks so far, and publishing it."""

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.surveys import draft, queries, recordings, toml_writer, versions
from app.surveys.draft import Draft
from app.surveys.models import Site
from app.surveys.questions import Survey


class NotPublished(Refusal):
    """A text that cannot become a version now; it stays as it was written."""


def beginning(survey_id: str, version: int) -> str | None:
    """A published version as text, with the number the next one will have; None if there is no such version."""
    found = versions.get(survey_id, version)
    if found is None:
        return None
    begun = toml_writer.written(found)
    return begun.replace(f"version = {version}\n", f"version = {next_version(survey_id)}\n", 1)


def next_version(survey_id: str) -> int:
    """The number after the newest one."""
    latest = queries.latest_version(survey_id)
    return latest.version + 1 if latest else 1


def looked_at(source: str) -> Draft:
    """The text as the version it would become, with the wordings in other languages it would take over."""
    found = draft.read(source.replace("\r\n", "\n"), recordings.has)
    if found.survey is None:
        return found
    latest = queries.latest_version(found.survey.id)
    earlier = versions.get(found.survey.id, latest.version) if latest else None
    return draft.as_version(found, latest.version + 1 if latest else 1, earlier, recordings.has)


def publish(source: str, version: str) -> Survey:
    """Freeze the text as just this version and open it. Raises NotPublished, AlreadyPublished."""
    found = looked_at(source)
    if found.survey is None or not found.may_open:
        raise NotPublished(_("There are faults in the text. It was not published."))
    audit.record("survey.publish", f"{found.survey.id} {found.survey.version}")
    if version != str(next_version(found.survey.id)):
        raise NotPublished(_("Somebody published a version meanwhile. Read theirs before you publish yours."))
    versions.publish(found.survey)
    recordings.forget_unsaid()
    return found.survey


def used_at(survey_id: str) -> list[Site]:
    """The places that ask it on any channel."""
    return [
        site
        for site in queries.sites()
        if survey_id in (site.sms_survey, site.web_survey, site.kiosk_survey, site.paper_survey)
    ]
