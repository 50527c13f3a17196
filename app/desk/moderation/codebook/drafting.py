"""The draft of the next version: changes are proposed with a reason, and can be taken out again. Views commit."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import undoing
from app.desk.moderation.codebook import changes, lines, storing, version_queries
from app.desk.moderation.codebook.changes import Change, ChangeRefused
from app.desk.moderation.codebook.models import LONGEST_REASON, CodeEvent
from app.desk.moderation.codebook.standing import Standing

SHORTEST_REASON = 3
TAKEN_BACK = "codebook.propose"
"""The name of the inverse: take the proposed changes out of the draft."""


class DraftRefused(Refusal):
    """What the draft does not take, or does not give back."""


def standing() -> Standing:
    """The published codebook, with what is merged, split and retired."""
    return storing.read()


def drafted() -> Standing:
    """The codebook as it will be when the draft is published."""
    return changes.after(standing(), [change_of(event) for event in events()], number())


def number() -> int:
    """The version the draft will be."""
    newest = version_queries.newest()
    return (newest.number if newest else 0) + 1


def events() -> Sequence[CodeEvent]:
    """The changes of the draft, in their order."""
    draft = version_queries.draft()
    return version_queries.events(draft.number) if draft else ()


def change_of(event: CodeEvent) -> Change:
    """The change an event proposes."""
    return Change(event.act, event.code_guid or "", event.fields)


def propose(proposed: Sequence[Change], reason: str, by: User) -> list[int]:
    """Put changes into the draft, all or none; the ids of the events. ChangeRefused says which of them is at fault."""
    reason = " ".join(lines.plain(reason).split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise DraftRefused(_("Say in a few words why (at most %(most)s letters).", most=LONGEST_REASON))
    if not proposed:
        raise DraftRefused(_("Nothing is changed."))
    version_queries.take_turn()
    result = changes.after(drafted(), proposed, number())
    version = number()
    version_queries.save_version(version, "draft")
    ids = []
    for change in proposed:
        key = result.lines[change.guid].key
        event = version_queries.add_event(
            version=version, act=change.act, code_guid=change.guid, fields=_stored(change, key), reason=reason, by=by.id
        )
        audit.record(f"codebook.{change.act}", key, detail=reason)
        ids.append(event.id)
    undoing.remember(by, "codebook", inverse=TAKEN_BACK, arguments=f"{ids[0]}-{ids[-1]}", count=len(ids))
    return ids


def take_back(ids: Sequence[int]) -> None:
    """Take changes out of the draft; refused when they are published, or when a later one builds on them."""
    version_queries.take_turn()
    waiting = events()
    if not set(ids) <= {event.id for event in waiting}:
        raise DraftRefused(_("That is not in the draft any more."))
    left = [change_of(event) for event in waiting if event.id not in ids]
    try:
        changes.after(standing(), left, number())
    except ChangeRefused as refusal:
        raise DraftRefused(_("A later change of the draft builds on it. Take that one out first.")) from refusal
    version_queries.delete_events(ids)
    if not left:
        version_queries.delete_version(number())
    for event in waiting:
        if event.id in ids:
            audit.record("codebook.take_back", event.fields.get("key", ""), detail=event.act)


def _undo(arguments: str, _by: User) -> None:
    first, last = (int(part) for part in arguments.split("-"))
    ids = [event.id for event in events() if first <= event.id <= last]
    if len(ids) == 0:
        raise undoing.NotUndone(_("That is published, or not in the draft any more."))
    try:
        take_back(ids)
    except DraftRefused as refusal:
        raise undoing.NotUndone(str(refusal)) from refusal


def _stored(change: Change, key: str) -> dict[str, Any]:
    """Fields as an event keeps them; a new code keeps the key it was given, so that the draft reads the same twice."""
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in change.fields.items()}
    return fields | {"key": key} if change.act == "add" else fields


undoing.INVERSES[TAKEN_BACK] = _undo
