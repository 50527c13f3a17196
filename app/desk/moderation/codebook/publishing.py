"""A draft becomes the next version when somebody else has agreed to each of its changes. Views commit."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import undoing
from app.desk.moderation.codebook import changes, drafting, split_queries, splitting, storing, version_queries
from app.desk.moderation.codebook.models import CodeEvent

TAKEN_BACK = "codebook.agree"


class NotPublished(Refusal):
    """Why the draft stays a draft, or a version stays published."""


class Changed(NotPublished):
    """The draft is not the one that was read."""


def fingerprint(events: Sequence[CodeEvent]) -> str:
    """Which draft a person has read: the form carries it back."""
    return ".".join(str(event.id) for event in events)


def agree(by: User, seen: str) -> int | None:
    """Agree to every change somebody else proposed; the number of the version if that published it."""
    version_queries.take_turn()
    events = drafting.events()
    if not events or fingerprint(events) != seen:
        raise Changed(_("The draft was changed while you read it. Look at it once more."))
    _check_complete()
    others = [event.id for event in events if event.by != by.id and event.agreed_by is None]
    if not others:
        raise NotPublished(_("Somebody else must agree to your own changes."))
    version_queries.agree(others, by.id)
    audit.record("codebook.agree", str(drafting.number()), count=len(others))
    number = _publish(by) if all(event.agreed_by for event in drafting.events()) else None
    arguments = f"{number or 0} {others[0]}-{others[-1]}"
    undoing.remember(by, "codebook_agree", inverse=TAKEN_BACK, arguments=arguments, count=len(others))
    return number


def take_back(number: int | None, ids: Sequence[int]) -> None:
    """Take an agreement back, and with it the version it published; refused once somebody has gone on from there."""
    version_queries.take_turn()
    if number is not None:
        _check_untouched(number)
        now = storing.read()
        events = version_queries.events(number)
        storing.write(now, storing.rolled_back(now, [event.delta for event in reversed(events) if event.delta]))
        _forget(events, number)
    version_queries.agree(ids, None)
    audit.record("codebook.agree_back", str(number or drafting.number()), count=len(ids))


def _publish(by: User) -> int:
    number, before = drafting.number(), drafting.standing()
    now = before
    for event in drafting.events():
        then, now = now, changes.after(now, [drafting.change_of(event)], number)
        version_queries.set_delta(event.id, storing.delta(then, now))
    storing.write(before, now)
    version_queries.save_version(number, "published", on=clock.today(), by=by.id)
    audit.record("codebook.publish", str(number))
    for guid in set(now.splits) - set(before.splits):
        split_queries.forget_stays(guid)
        splitting.end_if_empty(guid, by)
    return number


def _check_complete() -> None:
    number = drafting.number()
    lacking = [line.name_da for line in drafting.drafted().lines.values() if line.since == number and line.lacks]
    if lacking:
        names = ", ".join(lacking)
        raise NotPublished(
            _("A new code needs a Danish definition and an example. Missing for: %(names)s.", names=names)
        )


def _check_untouched(number: int) -> None:
    version = version_queries.version(number)
    newest = version_queries.newest()
    if version is None or newest is None or newest.number != number or version_queries.draft():
        raise undoing.NotUndone(_("A later version builds on it."))
    if version_queries.is_tagged_since(number) or splitting.has_gone_on(number):
        raise undoing.NotUndone(_("Somebody has tagged by this version."))
    if version.published_on is not None and version_queries.is_released_since(version.published_on):
        raise undoing.NotUndone(_("A release may have counted by this version."))


def _forget(events: Sequence[CodeEvent], number: int) -> None:
    """The version is a draft again; a split that ended with it has not ended."""
    version_queries.delete_events([event.id for event in events if event.act == splitting.END])
    for event in events:
        version_queries.set_delta(event.id, None)
    version_queries.save_version(number, "draft")


def _undo(arguments: str, by: User) -> None:
    number, _space, ids = arguments.partition(" ")
    first, _dash, last = ids.partition("-")
    events = version_queries.events(int(number)) if int(number) else drafting.events()
    chosen = [event.id for event in events if int(first) <= event.id <= int(last) and event.agreed_by == by.id]
    if not chosen:
        raise undoing.NotUndone(_("That is published, or not in the draft any more."))
    take_back(int(number) or None, chosen)


undoing.INVERSES[TAKEN_BACK] = _undo
