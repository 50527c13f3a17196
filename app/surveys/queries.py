"""Statements about sites, surveys and responses."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from app.core import db
from app.core.prepared import Prepared, PreparedRows
from app.surveys.models import Answer, Response, Site, SmsTally, SurveyVersion

_ADD_RESPONSE = Prepared(insert(Response))
_ADD_ANSWERS = PreparedRows(Answer, lambda adding: adding)
_PLACE = Prepared(
    update(Response).where(Response.id == bindparam("response_id")).values(site_code=bindparam("site_code"))
)
_FINISH = Prepared(update(Response).where(Response.id == bindparam("response_id")).values(nights_left=0))
_SITE_EXISTS = Prepared(select(Site.code).where(Site.code == bindparam("code")))
_SITE = select(Site.__table__).where(Site.code == bindparam("code"))
_LATEST = (
    select(SurveyVersion.version, SurveyVersion.state)
    .where(SurveyVersion.survey_id == bindparam("survey_id"), SurveyVersion.state != "draft")
    .order_by(SurveyVersion.version.desc())
    .limit(1)
)
_DEFINITION = select(SurveyVersion.definition).where(
    SurveyVersion.survey_id == bindparam("survey_id"), SurveyVersion.version == bindparam("version")
)
_COUNT_PARADATA = PreparedRows(
    SmsTally,
    lambda counting: counting.on_conflict_do_update(
        index_elements=list(SmsTally.__table__.primary_key), set_={"n": SmsTally.n + counting.excluded.n}
    ),
)


def add_response(values: Mapping[str, Any]) -> None:
    """Insert one response row."""
    _ADD_RESPONSE.run(**values)


def add_answers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert answer rows."""
    _ADD_ANSWERS.run(rows)


def place_response(response_id: bytes, site_code: str) -> None:
    """Say which place a response is about."""
    _PLACE.run(response_id=response_id, site_code=site_code)


def finish_response(response_id: bytes) -> None:
    """No night key holds a response back any more."""
    _FINISH.run(response_id=response_id)


def delete_response(response_id: bytes) -> None:
    """Delete one response; its answers and what hangs on them go with it."""
    db.connection().execute(delete(Response).where(Response.id == response_id))


def site_row(code: str) -> Row[Any] | None:
    """One site without objects, for the paths that must be fast."""
    return db.connection().execute(_SITE, {"code": code}).first()


def site_exists(code: str) -> bool:
    """Whether a site has this code."""
    return bool(_SITE_EXISTS.rows(code=code))


def site_codes() -> Sequence[str]:
    """The code of every site."""
    return db.connection().execute(select(Site.code)).scalars().all()


def sites() -> Sequence[Site]:
    """Every site, by region and name."""
    return db.db.session.scalars(select(Site).order_by(Site.region, Site.name)).all()


def site(code: str) -> Site | None:
    """One site with its stops."""
    return db.db.session.get(Site, code)


def count_paradata(rows: Sequence[Mapping[str, Any]]) -> None:
    """Add to the counts of events; rows come in the order of their keys so that two writers cannot block each other."""
    _COUNT_PARADATA.run(rows)


def latest_version(survey_id: str) -> Row[int, str] | None:
    """Number and state of the newest version that was ever published."""
    return db.connection().execute(_LATEST, {"survey_id": survey_id}).first()


def definition(survey_id: str, version: int) -> str | None:
    """The frozen definition of one version."""
    return db.connection().execute(_DEFINITION, {"survey_id": survey_id, "version": version}).scalar()


def survey_version(survey_id: str, version: int) -> SurveyVersion | None:
    """One version of a survey."""
    return db.db.session.get(SurveyVersion, (survey_id, version))


def survey_versions() -> Sequence[SurveyVersion]:
    """Every version of every survey."""
    return db.db.session.scalars(select(SurveyVersion).order_by(SurveyVersion.survey_id, SurveyVersion.version)).all()


def count_waiting(*, only_due: bool) -> int:
    """How many complete responses wait for a batch."""
    found = select(func.count()).select_from(Response).where(Response.is_released.is_(False), Response.nights_left == 0)
    if only_due:
        found = found.where(Response.is_due.is_(True))
    return db.connection().execute(found).scalar_one()


def release_waiting(*, only_due: bool, also_growing: bool) -> int:
    """Let the waiting responses out of the batch, all in one statement; how many."""
    change = update(Response).where(Response.is_released.is_(False))
    if not also_growing:
        change = change.where(Response.nights_left == 0)
    if only_due:
        change = change.where(Response.is_due.is_(True))
    return db.connection().execute(change.values(is_released=True)).rowcount


def mark_due() -> int:
    """What waits now has waited over a night."""
    waiting = Response.is_released.is_(False) & (Response.nights_left == 0)
    return db.connection().execute(update(Response).where(waiting).values(is_due=True)).rowcount


def one_night_less() -> int:
    """A day key died: conversations that still grow have one night less."""
    growing = update(Response).where(Response.nights_left > 0)
    return db.connection().execute(growing.values(nights_left=Response.nights_left - 1)).rowcount


def count_responses() -> int:
    """How many responses are stored, released or not."""
    return db.connection().execute(select(func.count()).select_from(Response)).scalar_one()


def unseal_months_through(last: str) -> int:
    """Forget the sealed words of answers of this month or older."""
    old = update(Answer).where(Answer.month <= last, Answer.sealed.is_not(None))
    return db.connection().execute(old.values(sealed=None)).rowcount


def delete_responses_through(last_week: str) -> int:
    """Delete responses of this week or older."""
    return db.connection().execute(delete(Response).where(Response.week <= last_week)).rowcount


def mark_counted(ids: Sequence[bytes], month: str) -> None:
    """These responses are in the frozen tallies of this month."""
    db.connection().execute(update(Response).where(Response.id.in_(ids)).values(counted_month=month))


# ── paradata ──────────────────────────────────────────────────────────────────────


def paradata_weeks(events: Collection[str]) -> Sequence[Row[str, int, str]]:
    """Every survey, version and week in which one of these events was counted."""
    found = select(SmsTally.survey_id, SmsTally.version, SmsTally.week).where(SmsTally.event.in_(events)).distinct()
    return db.connection().execute(found).all()


def paradata(
    survey_id: str, version: int, weeks: Collection[str], events: Collection[str]
) -> Sequence[Row[str, str, str, str, int]]:
    """Kind of place, language, question, event and number of these events in all of these weeks together.

    Small numbers: only for what guards them.
    """
    key = (SmsTally.site_kind, SmsTally.lang, SmsTally.question, SmsTally.event)
    found = select(*key, func.sum(SmsTally.n).label("n")).where(
        SmsTally.survey_id == survey_id, SmsTally.version == version, SmsTally.week.in_(weeks)
    )
    return db.connection().execute(found.where(SmsTally.event.in_(events)).group_by(*key).order_by(*key)).all()
