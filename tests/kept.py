"""What takes long to make: made once for each kind of database, then put as the same rows into every other one."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from app.core import db

Rows = dict[sa.Table, list[dict[str, Any]]]
Made = TypeVar("Made")
Statement = tuple[str, Any]
_kept: dict[tuple[str, str], tuple[Rows, Any]] = {}
_said: dict[tuple[str, str], list[Statement]] = {}


def once(name: str, make: Callable[[], Made], *, while_new: Mapping[str, Any] | None = None) -> Made:
    """What `make` stores and gives. It may add rows and change none, and must not depend on who asks for it.

    Rows that close when they are done begin with the values of `while_new`, and get their own when all are there.
    """
    known = (name, db.db.engine.dialect.name)
    if known not in _kept:
        before = _stored()
        made = make()
        _kept[known] = _added(before, _stored()), made
        return made
    rows, made = _kept[known]
    if known not in _said:
        _said[known] = _hearing(lambda: _put(rows, while_new or {}))
    else:
        for statement, values in _said[known]:
            db.connection().exec_driver_sql(statement, values)
    db.db.session.commit()
    return made


def _put(rows: Rows, new: Mapping[str, Any]) -> None:
    closing = [table for table in rows if new.keys() & table.columns.keys()]
    for table, added in rows.items():
        db.db.session.execute(sa.insert(table), [row | new for row in added] if table in closing else added)
    for table in closing:
        for row in rows[table]:
            this = sa.and_(*(column == row[column.name] for column in table.primary_key))
            db.db.session.execute(sa.update(table).where(this).values({name: row[name] for name in new}))


def _hearing(say: Callable[[], None]) -> list[Statement]:
    """What is said to the database meanwhile: said again, it need not be put into words."""
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        heard.append((statement, values))

    sa.event.listen(db.db.engine, "before_cursor_execute", hear)
    say()
    sa.event.remove(db.db.engine, "before_cursor_execute", hear)
    return heard


def _stored() -> Rows:
    """Every row, in tables that come after those they refer to."""
    db.db.session.rollback()
    tables = db.Model.metadata.sorted_tables
    found = {one: [dict(row) for row in db.db.session.execute(sa.select(one)).mappings()] for one in tables}
    db.db.session.rollback()
    return found


def _added(before: Rows, after: Rows) -> Rows:
    assert all(row in after[table] for table, rows in before.items() for row in rows), "it changed what was there"
    added = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    return {table: rows for table, rows in added.items() if rows}
