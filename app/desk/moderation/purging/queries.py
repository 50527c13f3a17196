"""Statements about texts whose key is gone and statements whose term is over."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update

from app.core import db
from app.desk.moderation import states
from app.desk.moderation.models import MaskSpan, Statement, TextItem
from app.desk.moderation.reopening.models import KeptTag
from app.desk.moderation.undoing.models import UndoEntry, UndoTagging
from app.surveys.models import Answer


def without_words(last_week: str) -> Sequence[bytes]:
    """Texts of this week or older whose sealed words are gone, and that are not marked so yet."""
    is_empty = exists().where(Answer.id == TextItem.answer_id, Answer.sealed.is_(None))
    found = select(TextItem.answer_id).where(TextItem.week <= last_week, TextItem.state != states.PURGED, is_empty)
    return db.connection().execute(found).scalars().all()


def mark_purged(item_ids: Sequence[bytes]) -> None:
    """These can be read by nobody any more: their masks, codes kept aside and translations go too.

    So does what could be undone: it names the text beside the statement that was cut off from it.
    """
    connection = db.connection()
    for table in (MaskSpan, KeptTag, UndoEntry):
        connection.execute(delete(table).where(table.item_id.in_(item_ids)))
    connection.execute(update(UndoTagging).where(UndoTagging.answer_id.in_(item_ids)).values(answer_id=None))
    purged = update(TextItem).where(TextItem.answer_id.in_(item_ids), TextItem.state.in_(states.before(states.PURGED)))
    emptied = {"state": states.PURGED, "note": None, "translation": None, "translated_by": None}
    connection.execute(purged.values(version=TextItem.version + 1, **emptied))


def statements_of(item_ids: Sequence[bytes]) -> Sequence[tuple[bytes, str]]:
    """Id and week of the statements made from these texts."""
    found = select(Statement.id, Statement.week).where(Statement.answer_id.in_(item_ids))
    return [(row.id, row.week) for row in db.connection().execute(found)]


def cut(statement_ids: Sequence[bytes], week: str) -> None:
    """Nothing leads from these statements to a response any more; of their week the quarter is left."""
    change = update(Statement).where(Statement.id.in_(statement_ids))
    db.connection().execute(change.values(response_id=None, answer_id=None, week=week))


def delete_statements(last_week: str) -> int:
    """Statements of this week or older that hang on no response; how many."""
    gone = delete(Statement).where(Statement.response_id.is_(None), Statement.week <= last_week)
    return db.connection().execute(gone).rowcount
