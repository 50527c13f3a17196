"""Sweeps that are wrong in one way each. The bad days with the carrier must catch every one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.channels.sms import erasure, repair, sweep, views
from app.channels.sms.providers.base import CarrierDown, Deletion, Listed
from app.channels.sms.providers.twilio import Twilio
from app.channels.sms.repair import Patience, Repair
from app.channels.sms.replies import Reply, Way
from app.privacy.keys import DayKey

LONG_AGO = datetime.fromtimestamp(0, UTC)


def delete_first(wrong: pytest.MonkeyPatch) -> None:
    """Delete the copy, then store the text."""
    settle = Repair.settle

    def settled(self: Repair, copy: Listed) -> bool:
        self.provider.delete(copy)
        return settle(self, copy)

    wrong.setattr(Repair, "settle", settled)


def give_up_on_20009(wrong: pytest.MonkeyPatch) -> None:
    """Try each copy in one run and never again."""
    wrong.setattr(erasure, "is_due", lambda age, since_last: age < timedelta(minutes=3))


def no_sweep_mark(wrong: pytest.MonkeyPatch) -> None:
    """Whatever is not remembered was missed."""
    marks = sweep._marks
    wrong.setattr(sweep, "_marks", lambda carrier, now: sweep._Marks(LONG_AGO, marks(carrier, now).tried, 0))


def mark_moved_by_half_a_list(wrong: pytest.MonkeyPatch) -> None:
    """What cannot be listed is taken to be nothing."""
    listed = Twilio.list

    def listing(self: Twilio, since: datetime) -> Iterator[Listed]:
        try:
            return listed(self, since)
        except CarrierDown:
            return iter(())

    wrong.setattr(Twilio, "list", listing)


def believes_its_memory(wrong: pytest.MonkeyPatch) -> None:
    """What is not remembered and came after the mark was missed, also if its day's key is dead."""

    def is_missed(self: Repair, copy: Listed, living: Sequence[DayKey]) -> bool:
        return copy.sent_at > self.mark - repair.MARGIN

    wrong.setattr(Repair, "_is_missed", is_missed)


def forgets_the_days_without_a_list(wrong: pytest.MonkeyPatch) -> None:
    """What came on a day whose key is dead is not taken."""

    def is_missed(self: Repair, copy: Listed, living: Sequence[DayKey]) -> bool:
        return self.now - copy.sent_at < timedelta(days=2)

    wrong.setattr(Repair, "_is_missed", is_missed)


def repeats_blindly(wrong: pytest.MonkeyPatch) -> None:
    """A reply that the carrier did not acknowledge is sent again."""
    wrong.setattr(Repair, "_has_left", lambda self, copy, reply: False)


def never_repairs(wrong: pytest.MonkeyPatch) -> None:
    """What was answered in the webhook is taken to have left."""

    def has_left(self: Repair, copy: Listed, reply: Reply) -> bool:
        return True

    wrong.setattr(Repair, "_has_left", has_left)


def at_once(wrong: pytest.MonkeyPatch) -> None:
    """Take a text while its webhook is still under way, and let the webhook answer it as well."""
    wrong.setattr(sweep, "LEAST_AGE", timedelta())
    wrong.setattr(repair, "LEAST_AGE", timedelta())
    taken = views.taken
    wrong.setattr(views, "taken", lambda message, way=Way.INLINE: replace(taken(message, way), way=Way.INLINE))


def answers_days_later(wrong: pytest.MonkeyPatch) -> None:
    """A reply is always welcome."""
    wrong.setattr(repair, "REPLY_IS_WELCOME", timedelta(days=5))


def goes_on_after_429(wrong: pytest.MonkeyPatch) -> None:
    """Too many requests is a fault like any other."""
    delete = Twilio.delete

    def deleting(self: Twilio, message: Listed) -> Deletion:
        done = delete(self, message)
        return Deletion.LATER if done is Deletion.THROTTLED else done

    wrong.setattr(Twilio, "delete", deleting)
    wrong.setattr(Patience, "end", lambda self: None)


MUTANTS: dict[str, tuple[Any, str]] = {
    "delete_first": (delete_first, "deleted before it was stored"),
    "give_up_on_20009": (give_up_on_20009, "left at the carrier"),
    "no_sweep_mark": (no_sweep_mark, "doubled"),
    "mark_moved_by_half_a_list": (mark_moved_by_half_a_list, "lost"),
    "believes_its_memory": (believes_its_memory, "doubled"),
    "forgets_the_days_without_a_list": (forgets_the_days_without_a_list, "lost"),
    "repeats_blindly": (repeats_blindly, "replies instead of 1"),
    "never_repairs": (never_repairs, "0 replies"),
    "at_once": (at_once, "2 replies"),
    "answers_days_later": (answers_days_later, "1 replies instead of 0"),
    "goes_on_after_429": (goes_on_after_429, "after a 429"),
}
"""Each with what is said of it."""
