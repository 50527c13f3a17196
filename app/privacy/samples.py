"""Lets PostgreSQL keep no samples of what people said.

To plan its work it copies some values of each column into a table of its own, where a text stands in clear for as long
as nobody analyses the column again: after it was taken back, and after its month is destroyed.
"""

from collections.abc import Iterator

from sqlalchemy import Column, LargeBinary, String, Table, text

from app.core import db
from app.core.db import ID, Model

SHORTEST = 60
"""Shorter columns hold names from lists: places, languages, options."""
_SAMPLED = text(
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
    "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
    "AND a.attnum > 0 AND NOT a.attisdropped AND a.attstattarget <> 0"
)


def forbid() -> int:
    """Let no sample be taken of a column with words, boxes or tags, and drop those that were; of how many columns.

    Nothing on SQLite, which counts and copies nothing.
    """
    if db.is_sqlite():
        return 0
    connection, forbidden = db.connection(), {(table.name, column.name) for table, column in columns()}
    found = [row for row in connection.execute(_SAMPLED) if (row[0], row[1]) in forbidden]
    for table, column, kind in found:
        alter = f'ALTER TABLE "{table}" ALTER COLUMN "{column}"'
        connection.execute(text(f"{alter} TYPE {kind}"))  # the type it has: what PostgreSQL knew of its values goes
        connection.execute(text(f"{alter} SET STATISTICS 0"))
    return len(found)


def columns() -> Iterator[tuple[Table, Column[object]]]:
    """The columns of citizens' tables that hold more than an id or a name from a list."""
    for table in Model.metadata.sorted_tables:
        if table.info.get("citizen"):
            yield from ((table, column) for column in table.columns if _tells(column))


def _tells(column: Column[object]) -> bool:
    kind = column.type
    if isinstance(kind, LargeBinary):
        return kind.length != ID.length
    return isinstance(kind, String) and (kind.length or SHORTEST + 1) > SHORTEST
