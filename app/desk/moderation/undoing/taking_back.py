"""Undoing an act: only one's own, only while everything stands as the act left it. Views commit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import Table

from app.core.db import Model
from app.core.folding import fold
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import marks, opening, tagging
from app.desk.moderation import queries as texts
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.translating import translations
from app.desk.moderation.undoing import INVERSES, NotUndone, images, many_queries, queries, row_queries
from app.desk.moderation.undoing.images import Change, Image
from app.desk.moderation.undoing.models import UndoEntry

WATCHED = frozenset({"text_item", "statement"})
"""The rows that others hang on."""


def undo(entry: UndoEntry, by: User) -> None:
    """Do the opposite of one of this person's acts, all of it or nothing."""
    if entry.inverse is not None:
        INVERSES[entry.inverse](entry.arguments, by)
    else:
        _undo_rows(entry, by)
    if queries.has_two_types(entry):
        raise _went_on()
    queries.forget(entry.id, by.id)
    audit.record("text.undo", count=entry.count)


def _undo_rows(entry: UndoEntry, by: User) -> None:
    if queries.used_now(entry) > entry.used:
        raise NotUndone(_("A release has used these codes since. It cannot be undone any more."))
    if queries.is_on_many(entry.id):
        _undo_on_many(entry, by)
    if entry.item_id is not None:
        _undo_on_text(entry, entry.item_id, by)


def _undo_on_text(entry: UndoEntry, item_id: bytes, by: User) -> None:
    item = texts.item(item_id, by)
    if item is None:
        raise NotUndone(_("That text is not here any more."))
    changed, now = queries.fields(entry.id), row_queries.image(item_id)
    if entry.was_version != entry.now_version and item.version != entry.now_version:
        raise _went_on()
    _check_as_left(changed, now)
    by_row = _rows(changed)
    _check_nothing_leans(by_row, now)
    _check_it_can_stand(by_row, now)
    translation = _carried(item, changed, by)
    _write(by_row)
    row_queries.look_again(item_id)
    if entry.was_version != entry.now_version:
        queries.point_again(item_id, entry.was_version or 0, row_queries.count_on(item_id))
    _reword(item_id, by_row, translation, by)
    tagging.tell_receipt(item.response_id)


def _undo_on_many(entry: UndoEntry, by: User) -> None:
    if many_queries.behind_the_wall(entry.id, by):
        raise NotUndone(_("That text is not here any more."))
    if not many_queries.is_as_left(entry.id):
        raise _went_on()
    responses = many_queries.responses_of(entry.id)
    many_queries.reverse(entry.id)
    tagging.tell_receipts(responses)


def _check_as_left(changed: Sequence[Change], now: Image) -> None:
    """Every field the act changed still says what the act made it say."""
    for change in changed:
        if now.get((change.table, change.row_key), {}).get(change.field) != change.now:
            raise _went_on()


Rows = Mapping[tuple[str, str], Sequence[Change]]


def _rows(changed: Sequence[Change]) -> Rows:
    found: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changed:
        found[change.table, change.row_key].append(change)
    return found


def _check_nothing_leans(by_row: Rows, now: Image) -> None:
    """Nobody has hung anything on a row that goes: no code, no memo, no second coding, no quote."""
    going = {row for row, changed in by_row.items() if _came(changed)}
    for row, fields in now.items():
        table = Model.metadata.tables[row[0]]
        if row not in going and going.intersection(images.leans_on(table, fields)):
            raise _went_on()
    statements = [bytes.fromhex(key) for table, key in going if table == "statement"]
    if statements and queries.is_quoted(statements):
        raise NotUndone(_("A quote was chosen from this text since. Take the quote back first."))


def _check_it_can_stand(by_row: Rows, now: Image) -> None:
    """What comes back hangs on rows that are there: a code has its statement."""
    coming = {row for row, changed in by_row.items() if _went(changed)}
    for row in coming:
        was = {change.field: change.was for change in by_row[row]}
        for pointed in images.leans_on(Model.metadata.tables[row[0]], was):
            if pointed[0] in WATCHED and pointed not in now and pointed not in coming:
                raise _went_on()


def _write(by_row: Rows) -> None:
    """Take away children before parents, put back parents before children."""
    order = Model.metadata.sorted_tables
    for table in reversed(order):
        for row, changed in by_row.items():
            if row[0] == table.name and _came(changed):
                row_queries.take_away(table, row[1])
    for table in order:
        for row, changed in by_row.items():
            if row[0] == table.name and not _came(changed):
                _restore(table, row[1], changed)


def _restore(table: Table, row_key: str, changed: Sequence[Change]) -> None:
    was = {
        change.field: images.decoded(table, change.field, change.was)
        for change in changed
        if change.field != images.ROW
    }
    if any(change.field == images.ROW for change in changed):
        row_queries.put_back(table, was)
    else:
        row_queries.set_again(table, row_key, was)


def _carried(item: AnyRow, changed: Sequence[Change], by: User) -> str | None:
    """The translation that the act moved between the waiting text and its statement; None if it moved none."""
    moved = {change.table for change in changed if change.field == "translation" and change.was == images.WORDS}
    if "text_item" in moved:
        statement = texts.statement(item.answer_id, by)
        return str(statement.translation) if statement else None
    return translations.waiting(item) if moved else None


def _reword(item_id: bytes, by_row: Rows, carried: str | None, by: User) -> None:
    """A statement that came back, or whose masks changed, gets its words from the sealed text; a translation moves."""
    item, statement = texts.item(item_id, by), texts.statement(item_id, by)
    if item is None:
        return
    if statement is None:
        if carried is not None:
            row_queries.seal_again(item_id, translations.seal(item, carried))
    elif {table for table, _key in by_row} & {"statement", "mask_span"}:
        words, translation = marks.masked(*opening.as_approved(item)), carried or statement.translation
        row_queries.reword(statement.id, words, fold("\n".join(filter(None, (words, translation)))), translation)


def _came(changed: Sequence[Change]) -> bool:
    """Whether the act made this row."""
    return any(change.field == images.ROW and change.was is None for change in changed)


def _went(changed: Sequence[Change]) -> bool:
    """Whether the act took this row away."""
    return any(change.field == images.ROW and change.now is None for change in changed)


def _went_on() -> NotUndone:
    return NotUndone(_("Somebody has gone on from this since. It cannot be undone any more."))
