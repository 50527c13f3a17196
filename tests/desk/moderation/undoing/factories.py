"""What a test of undoing needs: every row there is, every act, and the last one taken back."""

from collections.abc import Callable
from typing import Any

from app.core import clock, db
from app.core.db import Model
from app.desk.accounts.models import User
from app.desk.moderation import masks, reading, tagging, undoing
from app.desk.moderation import queries as texts
from app.desk.moderation.safeguarding import cases, wording
from app.desk.moderation.translating import translations
from app.desk.moderation.undoing import queries, taking_back
from app.desk.moderation.undoing.row_queries import OF_THE_MACHINE
from tests.desk.moderation import factories

APART = frozenset(
    {
        "audit",
        "undo_entry",
        "undo_field",
        "undo_tagging",
        "claim",
        "skipped",
        "keyboard",
        "saved_filter",
        "staff_session",
        "user",
    }
)
"""The log, what can be undone, and how a person works."""
SAID = "Bente er sød. Maden i Odense er god om mandagen."
"""Bente is masked by the machine, the town may be kept or not."""
Act = Callable[[bytes, User], object]


def dump() -> dict[str, list[Any]]:
    """Every row of every table that says what was decided; without what the machine notes for itself, and without what
    a sealed box looks like, which is another one each time."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name in APART:
            continue
        apart = {*OF_THE_MACHINE, ("text_item", "translation")}
        columns = [column for column in table.columns if (table.name, column.name) not in apart]
        rows = db.connection().execute(db.db.select(*columns))
        found[table.name] = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows)
    db.db.session.commit()
    return found


def undo_last(by: User) -> None:
    """What the key `u` does."""
    entry = queries.newest(by.id)
    assert entry is not None
    undo(entry, by)


def undo(entry: Any, by: User) -> None:
    """Undo one act, and commit."""
    try:
        taking_back.undo(entry, by)
    except BaseException:
        db.db.session.rollback()
        raise
    db.db.session.commit()


def tag(text_id: bytes, by: User, key: str = "ADG") -> None:
    """Set one code on an approved text, as its page does."""
    with undoing.remembering(by, "tag", text_id, code=key):
        tagging.tag(_statement(text_id, by), key, by)
    db.db.session.commit()


def untag(text_id: bytes, by: User, key: str = "ADG") -> None:
    """Take one code off."""
    with undoing.remembering(by, "untag", text_id, code=key):
        tagging.untag(_statement(text_id, by), key)
    db.db.session.commit()


def hold(text_id: bytes, by: User) -> None:
    """Set aside."""
    reading.hold(*_at(text_id, by), "unclear", by)
    db.db.session.commit()


def reject(text_id: bytes, by: User, reason: str = "spam") -> None:
    """Reject, or ask for it."""
    reading.reject(*_at(text_id, by), reason, "aldeles tomt", by)
    db.db.session.commit()


def hand_over(text_id: bytes, by: User) -> None:
    """To safeguarding."""
    cases.raise_(*_at(text_id, by), next(iter(wording.CONCERNS)), by, clock.today())
    db.db.session.commit()


def reopen(text_id: bytes, by: User) -> None:
    """Back to the queue."""
    reading.reopen(*_at(text_id, by), by)
    db.db.session.commit()


def mask(text_id: bytes, by: User) -> None:
    """Hide the last word."""
    masks.mask(factories.item(text_id, by), [(len(SAID) - 8, len(SAID))], "detail", "en dag", by)
    db.db.session.commit()


def keep(text_id: bytes, by: User) -> None:
    """Let the first mark stay readable."""
    item = factories.item(text_id, by)
    masks.unmask(item, factories.place_of(text_id, by), "wrongly_masked", by)
    db.db.session.commit()


def translate(text_id: bytes, by: User) -> None:
    """Type a translation."""
    item = factories.item(text_id, by)
    with undoing.remembering(by, "translate", text_id):
        translations.save(item, item.version, "Personalet er gode", by)
    db.db.session.commit()


def approve(text_id: bytes, by: User) -> None:
    """Approve with a theme and a type."""
    factories.approve(text_id, by, "MOD", type_="ROS")


def _at(text_id: bytes, by: User) -> tuple[Any, int]:
    item = factories.item(text_id, by)
    return item, item.version


def _statement(text_id: bytes, by: User) -> bytes:
    found = texts.statement(text_id, by)
    assert found is not None
    return bytes(found.id)
