"""What a rehearsal reads of the house, and what it shows of its own database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from app.channels.sms.models import SmsMeter, SmsSession
from app.core import db
from app.privacy.models import Receipt, Seen
from app.surveys.models import Answer, Response, Site, SmsTally, Stop, SurveyVersion

Rows = Sequence[Mapping[str, Any]]

_COPIED = (Site, Stop, SurveyVersion)


def house() -> Mapping[str, Rows]:
    """Places and surveys as they are now, by table; nothing that anybody said."""
    return {model.__tablename__: _rows_of(model) for model in _COPIED}


def _rows_of(model: type[db.Model]) -> Rows:
    return [dict(row) for row in db.connection().execute(select(model.__table__)).mappings()]


def furnish(rows: Mapping[str, Rows]) -> None:
    """Put the copied places and surveys into an empty database."""
    for model in _COPIED:
        if found := rows[model.__tablename__]:
            db.connection().execute(insert(model), found)


def ask_everywhere(survey_id: str, code: str | None = None) -> None:
    """Let this survey be the one that texts begin, at one place or at all of them."""
    change = update(Site).values(sms_survey=survey_id)
    db.connection().execute(change.where(Site.code == code) if code else change)


def conversations() -> Sequence[int]:
    """How many bytes the box of each open conversation has."""
    return db.connection().execute(select(func.length(SmsSession.box))).scalars().all()


def remembered() -> Sequence[int]:
    """How many bytes each remembered reply has."""
    return db.connection().execute(select(func.length(Seen.box))).scalars().all()


def metered() -> int:
    """How many cells of the meter are in use."""
    return db.connection().execute(select(func.count()).select_from(SmsMeter)).scalar_one()


def receipts() -> int:
    """How many receipts there are."""
    return db.connection().execute(select(func.count()).select_from(Receipt)).scalar_one()


def responses() -> Sequence[Row[bytes, str | None, str, bool]]:
    """Every response with its place."""
    statement = select(Response.id, Response.site_code, Response.week, Response.is_released)
    return db.connection().execute(statement).all()


def answers() -> Sequence[Row[bytes, bytes, str, str, str | None, bytes | None, str, bool]]:
    """Every answer with its box."""
    statement = select(
        Answer.id, Answer.response_id, Answer.question, Answer.kind, Answer.value, Answer.sealed, Answer.month,
        Answer.is_urgent,
    )  # fmt: skip
    return db.connection().execute(statement).all()


def tally() -> Sequence[Row[str, str, int]]:
    """What was counted of conversations: question, event, how often."""
    summed = func.sum(SmsTally.n)
    statement = select(SmsTally.question, SmsTally.event, summed).group_by(SmsTally.question, SmsTally.event)
    statement = statement.having(summed > 0)
    return db.connection().execute(statement.order_by(SmsTally.question, SmsTally.event)).all()
