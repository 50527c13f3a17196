"""A person's last acts as a page shows them: what each is called, and the name of its button."""

from dataclasses import dataclass

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.moderation.undoing import labels, queries
from app.desk.moderation.undoing.models import UndoEntry

FORM = "undo"


@dataclass(frozen=True)
class Act:
    """One act that can be undone."""

    entry: str
    """The id that the button posts."""
    said: str
    text_id: str | None


def newest(me: User) -> Act | None:
    """The act that the key `u` undoes, if there is one."""
    entry = queries.newest(me.id)
    return _act(entry) if entry else None


def last(me: User) -> list[Act]:
    """The last acts, the newest first."""
    return [_act(entry) for entry in queries.entries(me.id)]


def _act(entry: UndoEntry) -> Act:
    return Act(entry.id.hex(), labels.said(entry, _name(entry.code)), entry.item_id.hex() if entry.item_id else None)


def _name(key: str | None) -> str | None:
    return queries.code_name(key, in_danish=i18n.current() == "da") if key else None
