"""Statements about the rows of one text: as they are now, and as they were."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)

from app.core import db
from app.core.db import ID, Model
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.models import Statement, TextItem
from app.desk.moderation.undoing import images
from app.desk.moderation.undoing.images import Image, Value
from app.desk.moderation.undoing.queries import version

NOT_WATCHED = frozenset({"quote", "undo_entry", "undo_tagging", "claim", "skipped"})
"""Tables beside a text that say nothing of what was decided about it."""
OF_THE_MACHINE = frozenset({("text_item", "version"), ("statement", "in_index"), ("statement", "has_theme")})
"""Only ever counts on, so that a form made before stays stale whatever is taken back; and what the machine noted for
itself, and notes again."""


def image(answer_id: bytes) -> Image:
    """Every row that hangs on a text and on its statement, without their words."""
    found: dict[tuple[str, str], Mapping[str, str | None]] = {}
    for table, rows in _watched():
        for row in db.connection().execute(rows, {"text": answer_id}).mappings():
            fields = {name: images.encoded(value) for name, value in row.items()}
            found[table.name, images.key_of(table, row)] = {images.ROW: images.THERE, **fields}
    return found


def put_back(table: Table, was: Mapping[str, Value]) -> None:
    """A row as it was before the act, words apart."""
    db.connection().execute(insert(table), dict(was))


def take_away(table: Table, row_key: str) -> None:
    """A row that the act made."""
    db.connection().execute(delete(table).where(_is_row(table, row_key)))


def set_again(table: Table, row_key: str, was: Mapping[str, Value]) -> None:
    """The fields of a row as they were before the act."""
    db.connection().execute(update(table).where(_is_row(table, row_key)).values(**was))


def look_again(item_id: bytes) -> None:
    """Codes may have gone from the statement of a text."""
    code_queries.look_again(select(Statement.id).where(Statement.answer_id == item_id))


def count_on(item_id: bytes) -> int:
    """The next version of a text."""
    on = update(TextItem).where(TextItem.answer_id == item_id).values(version=TextItem.version + 1)
    db.connection().execute(on.execution_options(synchronize_session=False))
    return version(item_id) or 0


def reword(statement_id: bytes, text: str, folded: str, translation: str | None) -> None:
    """The words of a statement, made again from its sealed text and the masks there are."""
    values = {"text": text, "folded": folded, "translation": translation, "in_index": None}
    again = update(Statement).where(Statement.id == statement_id).values(**values)
    db.connection().execute(again.execution_options(synchronize_session=False))


def seal_again(item_id: bytes, box: bytes) -> None:
    """The sealed translation of a text that waits again."""
    again = update(TextItem).where(TextItem.answer_id == item_id).values(translation=box)
    db.connection().execute(again.execution_options(synchronize_session=False))


@cache
def _watched() -> list[tuple[Table, Select[Any]]]:
    """The text's own row, what points at it, what points at its statement: looked at twice in every act.

    `text` is the id of its answer.
    """
    item, statement = Model.metadata.tables["text_item"], Model.metadata.tables["statement"]
    text = bindparam("text", type_=ID)
    own = select(statement.c.id).where(statement.c.answer_id == text)
    found = [(item, select(*_columns(item)).where(item.c.answer_id == text))]
    for table, to_item, to_statement in _beside():
        ways = [column == text for column in to_item] + [column.in_(own) for column in to_statement]
        found.append((table, select(*_columns(table)).where(or_(*ways))))
    return found


def _beside() -> list[tuple[Table, list[Any], list[Any]]]:
    """Tables with a foreign key to a text or to a statement: those columns of each."""
    found = []
    for table in Model.metadata.sorted_tables:
        to_item = [key.parent for key in table.foreign_keys if key.column.table.name == "text_item"]
        to_statement = [key.parent for key in table.foreign_keys if key.column.table.name == "statement"]
        if (to_item or to_statement) and table.name not in NOT_WATCHED:
            found.append((table, to_item, to_statement))
    return found


def _columns(table: Table) -> list[Any]:
    """The columns of a table; of words only whether there are any."""
    return [
        case((column.is_not(None), literal(images.WORDS)), else_=None).label(column.name)
        if images.holds_words(column)
        else column
        for column in table.columns
        if (table.name, column.name) not in OF_THE_MACHINE
    ]


def _is_row(table: Table, row_key: str) -> ColumnElement[bool]:
    columns = list(table.primary_key)
    values = row_key.split(images.SEPARATOR) if len(columns) > 1 else [row_key]
    return and_(
        *(column == images.decoded(table, column.name, value) for column, value in zip(columns, values, strict=True))
    )
