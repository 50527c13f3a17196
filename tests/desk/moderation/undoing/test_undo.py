"""Undoing: every act gives back the very same rows, unless somebody went on from it."""

from typing import Any

import pytest

from app.core import db
from app.core.db import Model
from app.desk.accounts.models import User
from app.desk.moderation import masks, reading, tagging, undoing
from app.desk.moderation.undoing import queries, taking_back
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item

LOGS = {"audit", "undo_entry", "undo_field", "undo_tagging", "job_lease", "staff_session"}


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def dump() -> dict[str, list[Any]]:
    """Every row of every table but the logs; without the version of a text, which only counts on."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name not in LOGS:
            columns = [column for column in table.columns if (table.name, column.name) != ("text_item", "version")]
            rows = db.connection().execute(db.db.select(*columns))
            found[table.name] = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows)
    db.db.session.commit()
    return found


def undo_last(by: User) -> None:
    entry = queries.newest(by.id)
    assert entry is not None
    taking_back.undo(entry, by)
    db.db.session.commit()


def test_an_approval_is_undone_with_its_codes() -> None:
    text_id, me = a_text(), a_moderator()
    before = dump()
    with undoing.remembering(me, "approve", text_id):
        factories.approve(text_id, me, "MOD", type_="ROS")
    db.db.session.commit()
    assert dump() != before

    undo_last(me)

    assert dump() == before
