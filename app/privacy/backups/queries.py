"""Rows out of one database and into another, table by table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, func, insert, select, text

Row = Mapping[str, Any]
AT_ONCE = 1000
ABOUT = Table("about_backup", MetaData(), Column("version", String(8)))
"""Only in a backup."""


def shuffled(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Every row in random order, some at a time."""
    found = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(func.random()))
    for some in found.mappings().partitions():
        yield [dict(row) for row in some]


def pour(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert these rows as they are."""
    if rows:
        connection.execute(insert(table), list(rows))


def is_empty(connection: Connection, table: Table) -> bool:
    """Whether the table has no row."""
    return connection.execute(select(table).limit(1)).first() is None


def sign(copy: Connection, version: str) -> None:
    """Write into a backup which version's tables it has."""
    ABOUT.create(copy)
    copy.execute(insert(ABOUT), {"version": version})


def signed(copy: Connection) -> str:
    """Which version's tables a backup has."""
    return str(copy.execute(select(ABOUT.c.version)).scalar_one())


def count_on(connection: Connection, table: Table) -> None:
    """Let a table that counts its rows go on behind the highest number poured in (PostgreSQL)."""
    column = table.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, highest, False)))


def read_for_long(connection: Connection) -> None:
    """One picture of the whole database, however long the copying takes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def write_for_long(connection: Connection) -> None:
    """As long as the pouring takes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))


@contextmanager
def silencing_triggers(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """Let frozen rows come in: what guards them stands aside within this transaction, and is back at its end."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        aside, back = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
    else:
        aside, back = (
            [f'ALTER TABLE "{one.name}" {how} TRIGGER USER' for one in tables] for how in ("DISABLE", "ENABLE")
        )
    for statement in aside:
        connection.exec_driver_sql(statement)
    yield
    for statement in back:
        connection.exec_driver_sql(statement)
