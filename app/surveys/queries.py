"""Statements about sites, surveys and responses."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Boolean, Row, String, Text, bindparam, case, cast, delete, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from app.core import db
from app.core.db import ID
from app.core.prepared import Prepared, PreparedRows
from app.surveys.models import Answer, Recording, Response, Site, SmsTally, SurveyVersion, Withdrawal

ADD_RESPONSES = PreparedRows.inserting(Response)
ADD_ANSWERS = PreparedRows.inserting(Answer)
CHANGE_RESPONSES = PreparedRows.changing(
    lambda new: (
        update(Response)
        .where(Response.id == new.row)
        .values(
            site_code=func.coalesce(new.place, Response.site_code),
            nights_left=case((new.is_finished, literal_column("0")), else_=Response.nights_left),
        )
    ),
    row=ID, place=String(8), is_finished=Boolean(),
)  # fmt: skip
"""The place a response is about, unless None; and whether nothing more will come: no night holds it back then."""
COUNT_PARADATA = PreparedRows.inserting(
    SmsTally,
    lambda counting: counting.on_conflict_do_update(
        index_elements=list(SmsTally.__table__.primary_key), set_={"n": SmsTally.n + counting.excluded.n}
    ),
)
_LATEST = (
    select(SurveyVersion.version, SurveyVersion.state)
    .where(SurveyVersion.survey_id == bindparam("survey_id"), SurveyVersion.state != "draft")
    .order_by(SurveyVersion.version.desc())
    .limit(1)
)
_Other = aliased(SurveyVersion)
_NEWEST = (
    select(func.max(_Other.version))
    .where(_Other.survey_id == Site.sms_survey, _Other.state != "draft")
    .correlate(Site)
    .scalar_subquery()
)
_TEXTED_SITE = Prepared(
    select(
        Site.code, Site.kind, Site.name, cast(Site.local_help, Text),
        case((Site.is_open & (SurveyVersion.state == "published"), Site.sms_survey)), SurveyVersion.version,
    )
    .outerjoin(SurveyVersion, (SurveyVersion.survey_id == Site.sms_survey) & (SurveyVersion.version == _NEWEST))
    .where(Site.code == bindparam("code"))
)  # fmt: skip
_DEFINITION = select(SurveyVersion.definition).where(
    SurveyVersion.survey_id == bindparam("survey_id"),
    SurveyVersion.version == bindparam("version"),
    SurveyVersion.state != "draft",
)


def delete_response(response_id: bytes) -> None:
    """Delete one response; its answers and what hangs on them go with it."""
    db.connection().execute(delete(Response).where(Response.id == response_id))


def week_of_response(response_id: bytes) -> str | None:
    """The week of a response that is no trial."""
    found = select(Response.week).where(Response.id == response_id, ~Response.is_test)
    return db.connection().execute(found).scalar()


def count_withdrawal(quarter: str) -> None:
    """One more response of this quarter was taken back."""
    dialect = sqlite if db.is_sqlite() else postgresql
    counting = dialect.insert(Withdrawal).values(quarter=quarter, responses=1)
    one_more = {"responses": Withdrawal.responses + 1}
    db.connection().execute(counting.on_conflict_do_update(index_elements=["quarter"], set_=one_more))


def withdrawals() -> Mapping[str, int]:
    """How many responses of each quarter were taken back."""
    found = select(Withdrawal.quarter, Withdrawal.responses).order_by(Withdrawal.quarter)
    return {row.quarter: row.responses for row in db.connection().execute(found)}


class TextedSite(NamedTuple):
    """A site as a text needs it, with its open survey."""

    code: str
    kind: str
    name: str
    local_help: Mapping[str, str]
    survey_id: str | None
    """None while the site is not asking."""
    version: int


def texted_site(code: str) -> TextedSite | None:
    """The site of this code, in one question to the database."""
    found = _TEXTED_SITE.rows(code=code)
    if not found:
        return None
    code, kind, name, local_help, survey_id, version = found[0]
    return TextedSite(code, kind, name, json.loads(local_help), survey_id, version)


def site_codes() -> Sequence[str]:
    """The code of every site."""
    return db.connection().execute(select(Site.code)).scalars().all()


def sites() -> Sequence[Site]:
    """Every site, by region and name."""
    return db.db.session.scalars(select(Site).order_by(Site.region, Site.name)).all()


def site(code: str) -> Site | None:
    """One site with its stops."""
    return db.db.session.get(Site, code)


class Latest(NamedTuple):
    """The newest version of a survey that was ever published."""

    version: int
    state: str


def latest_version(survey_id: str) -> Latest | None:
    """Number and state of the newest version that was ever published."""
    found = db.connection().execute(_LATEST, {"survey_id": survey_id}).first()
    return Latest(*found) if found else None


def definition(survey_id: str, version: int) -> str | None:
    """The frozen definition of one version."""
    return db.connection().execute(_DEFINITION, {"survey_id": survey_id, "version": version}).scalar()


def survey_version(survey_id: str, version: int) -> SurveyVersion | None:
    """One version of a survey."""
    return db.db.session.get(SurveyVersion, (survey_id, version))


def survey_versions() -> Sequence[SurveyVersion]:
    """Every version of every survey that was ever published."""
    published = select(SurveyVersion).where(SurveyVersion.state != "draft")
    return db.db.session.scalars(published.order_by(SurveyVersion.survey_id, SurveyVersion.version)).all()


def draft(survey_id: str) -> SurveyVersion | None:
    """The version of a survey that is being written."""
    written = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id, SurveyVersion.state == "draft")
    return db.db.session.scalars(written).first()


def lock_survey(survey_id: str) -> None:
    """Whoever else would change a version of this survey waits; answers to it do not."""
    versions = select(SurveyVersion.version).where(SurveyVersion.survey_id == survey_id)
    db.connection().execute(versions.with_for_update(key_share=True)).all()


def drafts() -> Sequence[str]:
    """The surveys of which a new version is being written."""
    return db.db.session.scalars(select(SurveyVersion.survey_id).where(SurveyVersion.state == "draft")).all()


def recordings() -> Mapping[tuple[str, bytes], str]:
    """Language and hash of the words of every recording → its name."""
    found = db.connection().execute(select(Recording.lang, Recording.text_hash, Recording.name)).all()
    return {(lang, bytes(text_hash)): name for lang, text_hash, name in found}


def recorded_sound(name: str) -> bytes | None:
    """What was recorded under this name."""
    return db.connection().execute(select(Recording.sound).where(Recording.name == name)).scalar()


def delete_recording(lang: str, text_hash: bytes) -> None:
    """Forget the recording of these words."""
    db.connection().execute(delete(Recording).where(Recording.lang == lang, Recording.text_hash == text_hash))


def count_waiting(*, only_due: bool) -> int:
    """How many complete responses wait for a batch. Trials and bursts hide nobody: whoever makes them knows them."""
    found = select(func.count()).select_from(Response).where(Response.is_released.is_(False), Response.nights_left == 0)
    found = found.where(Response.is_test.is_(False), Response.is_burst.is_not(True), Response.is_held.is_not(True))
    if only_due:
        found = found.where(Response.is_due.is_(True))
    return db.connection().execute(found).scalar_one()


def release_waiting(*, only_due: bool, also_growing: bool) -> int:
    """Let the waiting responses out of the batch, all in one statement; how many."""
    change = update(Response).where(Response.is_released.is_(False), Response.is_held.is_not(True))
    if not also_growing:
        change = change.where(Response.nights_left == 0)
    if only_due:
        change = change.where(Response.is_due.is_(True))
    return db.connection().execute(change.values(is_released=True)).rowcount


_HELD_OVER_NIGHT = Response.is_held.is_(True) & Response.is_due.is_(True)
"""What is held shows a morning later: how many came in a flood is told to nobody while it comes."""


def count_held() -> int:
    """How many responses were held and have waited over a night."""
    return db.connection().execute(select(func.count()).select_from(Response).where(_HELD_OVER_NIGHT)).scalar_one()


def let_in_held() -> int:
    """They leave with the next batch; how many."""
    return db.connection().execute(update(Response).where(_HELD_OVER_NIGHT).values(is_held=None)).rowcount


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


def has_answers_of_month(month: str) -> bool:
    """Whether anything was sealed to this month."""
    found = select(Answer.id).where(Answer.month == month).limit(1)
    return db.connection().execute(found).first() is not None


def delete_responses_through(last_week: str) -> int:
    """Delete responses of this week or older."""
    return db.connection().execute(delete(Response).where(Response.week <= last_week)).rowcount


def mark_counted(ids: Sequence[bytes], month: str, *, is_in_sample: bool) -> None:
    """These responses are in the frozen tallies of this month; microdata may hold them or not."""
    change = update(Response).where(Response.id.in_(ids))
    db.connection().execute(change.values(counted_month=month, is_in_sample=is_in_sample))


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
