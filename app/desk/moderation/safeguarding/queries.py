"""Statements about cases; nobody sees one about a text from a place they have ties to."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, delete, exists, func, insert, select, update

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.queries import beyond_the_wall
from app.desk.moderation.safeguarding.models import SafeguardingCase as Case
from app.desk.moderation.undoing.models import UndoEntry
from app.surveys.models import Answer, Response

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
MOST = 200
"""Cases on one page: more at a time are not looked after, they are only listed."""


def add(**values: Any) -> None:
    """Open a case."""
    db.connection().execute(insert(Case).values(**values))


def case(case_id: bytes, reader: User) -> AnyRow | None:
    """One open case within the wall."""
    return db.connection().execute(_open(reader).where(Case.id == case_id)).first()


def open_cases(reader: User) -> Sequence[AnyRow]:
    """The open cases within the wall, what is due first."""
    return db.connection().execute(_open(reader).order_by(Case.due, Case.id).limit(MOST)).all()


def closed_cases(reader: User) -> Sequence[AnyRow]:
    """What is left of closed cases, newest quarter first. Their place is forgotten: who has ties gets none of them."""
    if reader.site_code is not None:
        return []
    found = select(Case.id, Case.site_kind, Case.quarter, Case.outcome).where(Case.step == "closed")
    return db.connection().execute(found.order_by(Case.quarter.desc(), Case.id).limit(MOST)).all()


def count_overdue(reader: User, today: date) -> int:
    """How many open cases within the wall should have been taken a step further before today."""
    late = _open(reader).where(Case.due < today).subquery()
    return db.connection().execute(select(func.count()).select_from(late)).scalar_one()


def move(case_id: bytes, before: str, **values: Any) -> bool:
    """Take a case a step further if it is still where the form found it; False if somebody was there first."""
    change = update(Case).where(Case.id == case_id, Case.step == before)
    return db.connection().execute(change.values(**values)).rowcount == 1


def is_about(response_id: bytes) -> bool:
    """Whether a text of this response has an open case."""
    found = exists().where(Case.item_id == Answer.id, Answer.response_id == response_id)
    return bool(db.connection().execute(select(found)).scalar())


def forget_undoing(item_id: bytes) -> None:
    """What can be undone of a text: it names the case too, and once that is closed nothing may lead to it."""
    db.connection().execute(delete(UndoEntry).where(UndoEntry.item_id == item_id))


def delete_closed(until: date) -> int:
    """Forget the closed cases whose time is over; how many."""
    gone = delete(Case).where(Case.step == "closed", Case.due <= until)
    return db.connection().execute(gone).rowcount


def _open(reader: User) -> Select[*tuple[Any, ...]]:
    found = (
        select(
            Case.id, Case.item_id, Case.step, Case.concern, Case.sensitivity, Case.criticality, Case.status, Case.loop,
            Case.site_kind, Case.quarter, Case.due, Response.channel, Response.lang,
        )
        .join(Answer, Answer.id == Case.item_id)
        .join(Response, Response.id == Answer.response_id)
    )  # fmt: skip
    return found.where(beyond_the_wall(Response.site_code, reader))
