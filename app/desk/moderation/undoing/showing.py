"""A person's last acts as a page shows them: what each is called, and the name of its button."""

from dataclasses import dataclass

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.moderation import queries as texts
from app.desk.moderation.undoing import labels, many_queries, queries
from app.desk.moderation.undoing.models import MOST, UndoEntry

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
    return next(iter(last(me, most=1)), None)


def last(me: User, *, most: int = MOST) -> list[Act]:
    """The last acts, the newest first; none about a place this person has ties to by now."""
    in_danish = i18n.current() == "da"
    return [
        _act(entry, name_da if in_danish else name_en)
        for entry, name_da, name_en in queries.named(me.id, most=most)
        if me.site_code is None or not _is_behind_the_wall(entry, me)
    ]


def _is_behind_the_wall(entry: UndoEntry, me: User) -> bool:
    is_hidden = entry.item_id is not None and texts.item(entry.item_id, me) is None
    return is_hidden or many_queries.behind_the_wall(entry.id, me)


def _act(entry: UndoEntry, name: str | None) -> Act:
    return Act(entry.id.hex(), labels.said(entry, name), entry.item_id.hex() if entry.item_id else None)
