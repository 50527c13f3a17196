"""Statements about rejections that are read again."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.models import TextItem
from app.desk.moderation.rereading.models import Rereading
from app.surveys.models import Answer, Response

UPHELD, REVERSED = "upheld", "reversed"


def not_for(reader: User) -> ColumnElement[bool]:
    """A text item this person may meet in the queue: not one they rejected and somebody else reads again now."""
    return ~exists().where(Rereading.item_id == TextItem.answer_id, is_rejected_by(reader))


def is_rejected_by(reader: User) -> ColumnElement[bool]:
    """A rejection this person took part in, read again now by somebody else."""
    return and_(Rereading.outcome.is_(None), or_(Rereading.first_by == reader.id, Rereading.agreed_by == reader.id))


def has_other_reader(site_code: str | None, rejected_by: Collection[bytes]) -> bool:
    """Whether a moderator is left who may read this place's texts and did not reject this one."""
    others = select(User.id).where(User.role == "moderator", User.is_active, User.id.not_in(rejected_by))
    # A text whose place is not known may be about anybody's: those with ties do not get it (queries.beyond_the_wall).
    tied = User.site_code.is_not(None) if site_code is None else User.site_code == site_code
    free = others.where(~func.coalesce(tied, False))
    return db.connection().execute(free.limit(1)).first() is not None


def begin(item_id: bytes, reason: str, first_by: bytes, agreed_by: bytes | None) -> None:
    """Have a rejection read again."""
    row = {"item_id": item_id, "reason": reason, "first_by": first_by, "agreed_by": agreed_by, "outcome": None}
    db.connection().execute(insert(Rereading), row)


def pending(item_id: bytes) -> Rereading | None:
    """The rejection of this text that somebody else reads now."""
    found = select(Rereading).where(Rereading.item_id == item_id, Rereading.outcome.is_(None))
    return db.db.session.scalars(found).first()


def was_drawn(item_id: bytes) -> bool:
    """Whether a rejection of this text was ever read again."""
    return db.connection().execute(select(Rereading.item_id).where(Rereading.item_id == item_id)).first() is not None


def settle(item_id: bytes, outcome: str) -> None:
    """What came of it; nothing happens where no rejection is read again."""
    waits = update(Rereading).where(Rereading.item_id == item_id, Rereading.outcome.is_(None))
    db.connection().execute(waits.values(outcome=outcome))


def forget(item_id: bytes) -> None:
    """The first rejection is taken back: there is nothing to read again."""
    db.connection().execute(delete(Rereading).where(Rereading.item_id == item_id, Rereading.outcome.is_(None)))


def outcomes(reader: User) -> dict[str, int]:
    """How many rejections were upheld and how many reversed; none of a place this person has ties to."""
    counted = select(Rereading.outcome, func.count()).where(Rereading.outcome.is_not(None)).group_by(Rereading.outcome)
    if reader.site_code is not None:
        counted = counted.join(Answer, Answer.id == Rereading.item_id).join(Response, Response.id == Answer.response_id)
        counted = counted.where(Response.site_code != reader.site_code)
    return {str(outcome): n for outcome, n in db.connection().execute(counted).all()}
