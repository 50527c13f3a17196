"""Statements about the alert list and the texts it is held against."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import case, delete, func, select, update

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.alerts.models import AlertWord
from app.desk.moderation.models import TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.surveys.models import Answer, Response

ALERT_TURN = 1


def changes() -> Mapping[str, bool]:
    """What was put on the list (True) and taken off it (False)."""
    return {row.word: row.is_on for row in db.db.session.scalars(select(AlertWord))}


def put(word: str, *, is_on: bool) -> None:
    """Put a word on the list or take it off."""
    db.connection().execute(delete(AlertWord).where(AlertWord.word == word))
    db.db.session.add(AlertWord(word=word, is_on=is_on))
    db.db.session.flush()


def to_match(most: int) -> Sequence[AnyRow]:
    """Texts in the queue that were not held against the list yet: id, month, box, chosen language."""
    found = (
        select(TextItem.answer_id, Answer.month, Answer.sealed, Response.lang)
        .join(Answer, Answer.id == TextItem.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(TextItem.is_matched.is_(None), TextItem.state.in_(states.UNDECIDED))
        .order_by(TextItem.answer_id)
    )
    return db.connection().execute(found.limit(most)).all()


def matched(item_ids: Collection[bytes], hits: Collection[bytes]) -> None:
    """These were held against the list; those that hit stand right behind the urgent ones."""
    connection = db.connection()
    connection.execute(update(TextItem).where(TextItem.answer_id.in_(item_ids)).values(is_matched=True, is_alert=False))
    turn = case((TextItem.is_urgent, 0), else_=ALERT_TURN)
    connection.execute(update(TextItem).where(TextItem.answer_id.in_(hits)).values(is_alert=True, turn=turn))


def guessed(langs: Mapping[bytes, str]) -> None:
    """These seem to be in another language than was chosen."""
    for answer_id, lang in langs.items():
        db.connection().execute(update(TextItem).where(TextItem.answer_id == answer_id).values(lang_guess=lang))


def match_again() -> None:
    """The list changed: every text that still waits is held against it once more."""
    waiting = update(TextItem).where(TextItem.state.in_(states.UNDECIDED))
    turn = case((TextItem.is_urgent, 0), else_=2)
    db.connection().execute(waiting.values(is_matched=None, is_alert=False, turn=turn))


def count_waiting(reader: User) -> int:
    """How many texts with an alert word wait for this person to read them."""
    found = (
        select(func.count())
        .select_from(TextItem)
        .where(TextItem.is_alert.is_(True), TextItem.state.in_(states.UNDECIDED))
    )
    if reader.site_code is not None:
        found = found.join(Answer, Answer.id == TextItem.answer_id).join(Response, Response.id == Answer.response_id)
        found = found.where(beyond_the_wall(Response.site_code, reader))
    return db.connection().execute(found).scalar_one()
