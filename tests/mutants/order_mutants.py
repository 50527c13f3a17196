"""Wrong ways to store a response, each of which tells the order in which people came."""

import itertools
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock, db, weeks
from app.privacy import night, queries
from app.surveys import responses

Patch = pytest.MonkeyPatch
Mutant = Callable[[Patch], None]
_RECEIPT = (
    "tag BLOB PRIMARY KEY, response_id BLOB REFERENCES response(id) ON DELETE CASCADE, week TEXT, "
    "is_read BOOLEAN, themes TEXT"
)


def ids_that_count(patch: Patch) -> None:
    """One more each time."""
    count = itertools.count(int.from_bytes(os.urandom(15), "big"))
    patch.setattr(responses, "new_id", lambda: next(count).to_bytes(16, "big"))


def ids_of_the_time(patch: Patch) -> None:
    """UUIDs of the seventh kind begin with the milliseconds since 1970."""
    patch.setattr(responses, "new_id", lambda: int(clock.now().timestamp() * 1000).to_bytes(6, "big") + os.urandom(10))


def receipt_with_a_rowid(patch: Patch) -> None:
    """A table as SQLite makes it by itself keeps a hidden number for each row."""
    _receipts_as(_RECEIPT)


def receipt_with_its_time(patch: Patch) -> None:
    """A column that the database fills in."""
    _receipts_as(f"{_RECEIPT}, created_at REAL DEFAULT (julianday('now'))")


def receipt_with_an_expiry_day(patch: Patch) -> None:
    """The day on which the way to the answer is cut tells the day of writing."""
    add = queries.add_receipt
    patch.setattr(
        queries, "add_receipt", lambda tag, one, week: add(tag, one, f"{clock.today() + timedelta(days=30):%Y%m%d}")
    )


def month_of_the_day(patch: Patch) -> None:
    """The month of the day of writing splits the week in which a month ends."""
    patch.setattr(weeks, "month_of_week", lambda week: f"{clock.today():%Y-%m}")


def rewritten_as_it_was(patch: Patch) -> None:
    """The tables are written anew at night, in the order in which they lay."""
    patch.setattr(night, "text", lambda said: sa.text(said.replace(" ORDER BY gen_random_uuid()", "")))


def not_rewritten(patch: Patch) -> None:
    """The bytes of deleted rows go, the order stays: what VACUUM FULL does."""
    patch.setattr(night, "_rewrite", lambda connection, tables: None)


def log_not_emptied(patch: Patch) -> None:
    """PostgreSQL's own log is left to its own rules."""
    patch.setattr(night, "LAST_STEPS", night.LAST_STEPS[:1])


OF_SQLITE: tuple[Mutant, ...] = (
    ids_that_count, ids_of_the_time, receipt_with_a_rowid, receipt_with_its_time, receipt_with_an_expiry_day,
    month_of_the_day,
)  # fmt: skip
OF_POSTGRESQL: tuple[Mutant, ...] = (rewritten_as_it_was, not_rewritten, log_not_emptied)


def _receipts_as(columns: str) -> None:
    connection = db.connection()
    connection.execute(sa.text("DROP TABLE receipt"))
    connection.execute(sa.text(f"CREATE TABLE receipt ({columns})"))
    db.db.session.commit()
