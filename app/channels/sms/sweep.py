"""Every two minutes: what still lies at the carrier is taken if it was missed, answered if need be, and deleted.

The carrier's own list is the to-do list; no id of a message is kept (docs/sms.md, "Erasure at the carrier").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import DBAPIError

from app.channels.sms import erasure, queries
from app.channels.sms.providers import PROVIDERS
from app.channels.sms.providers.base import CarrierDown, Listed, Provider
from app.channels.sms.repair import LEAST_AGE, MARGIN, Patience, Repair
from app.core import config, db, metrics
from app.core.log import log

EVERY = 120
"""Seconds between two runs."""
LOOKS_BACK = timedelta(days=14)
"""So long Twilio may refuse to delete what it calls unfinished (its error 20009)."""
LOOKS_BACK_WITHOUT_DELETING = timedelta(days=1)
"""Where nothing can be deleted, only texts that may still be answered matter."""
TOO_OLD = 24
"""Hours after which an undeleted copy is an alarm."""
LONGEST_TALK = 60.0
"""Seconds a run may send and delete; the rest waits for the next one."""


@dataclass(frozen=True)
class Sweep:
    """How the carrier's copies stand, for operators."""

    complete_until: float
    """Seconds since 1970: when the last run began that took every text of the list."""
    oldest_hours: int
    """Age of the oldest copy that was still there after the last run."""


@dataclass(frozen=True)
class _Marks:
    """Where earlier runs have come: until when every text was taken, and every copy tried."""

    taken: datetime
    tried: datetime
    oldest_hours: int


def provider() -> Provider | None:
    """The carrier of the settings, if its list can be read, and only on the citizens' side.

    Elsewhere the day keys are others, and every text would look as if it had been missed.
    """
    settings = config.settings()
    found = next((one for one in PROVIDERS if one.name == settings.sms_provider), None)
    return found if found and found.abilities.lists and settings.has_citizen_side else None


def state() -> Sweep | None:
    """How the sweep stands; None where there is nothing to sweep, or no run has begun."""
    carrier = provider()
    row = queries.sweep_row(carrier.name) if carrier else None
    return Sweep(row.complete_until, row.oldest_hours) if row else None


def run(carrier: Provider, now: datetime, *, longest_talk: float = LONGEST_TALK) -> None:
    """One run. Half a list decides nothing: it shows neither every text nor every reply."""
    marks = _marks(carrier, now)
    try:
        listed = [copy for copy in carrier.list(_since(carrier, marks, now)) if _is_ours(copy)]
    except CarrierDown as down:
        metrics.provider_error(down.fault)
        log.warning("the carrier's list was not read", extra={"fault": down.fault})
        return
    copies = sorted(listed, key=lambda copy: copy.sent_at)
    old_enough = [copy for copy in copies if now - copy.sent_at >= LEAST_AGE]
    patience = Patience(longest_talk)
    settled, is_complete = _settle(Repair(carrier, copies, mark=marks.taken, now=now, patience=patience), old_enough)
    if is_complete:  # before anything is deleted: without its copy nobody could see that a text was answered
        _change(carrier, complete_until=now.timestamp())
    if carrier.abilities.deletes:
        may_go = [copy for copy in old_enough if copy.id in settled or (copy.direction == "outbound" and copy.is_final)]
        gone, is_through = erasure.erase(carrier, may_go, now=now, since_last=now - marks.tried, patience=patience)
        if is_through:
            _change(carrier, erased_until=now.timestamp())
        _watch(carrier, [copy for copy in copies if copy.id not in gone], marks, now)


def _settle(repair: Repair, copies: Sequence[Listed]) -> tuple[set[str], bool]:
    """The inbound texts whose copies may be deleted, and whether every text was taken."""
    settled, is_complete = set[str](), True
    for copy in copies:
        try:
            if copy.direction == "inbound" and repair.settle(copy):
                settled.add(copy.id)
        except (db.Busy, DBAPIError):
            raise  # the database has no time for any of them
        except Exception as error:  # a text that we cannot take stays there, and must not hold up the others
            db.db.session.rollback()
            log.error("a text could not be taken", exc_info=error)
            is_complete = False
    return settled, is_complete


def _watch(carrier: Provider, left: Sequence[Listed], marks: _Marks, now: datetime) -> None:
    """Say how old the oldest copy is; once an hour as an alarm, if it is too old."""
    oldest_hours = int(max((now - copy.sent_at for copy in left), default=timedelta()).total_seconds()) // 3600
    if oldest_hours >= TOO_OLD and oldest_hours != marks.oldest_hours:
        log.error("copies have been at the carrier for more than a day")
    _change(carrier, oldest_hours=oldest_hours)


def _is_ours(copy: Listed) -> bool:
    """An account may hold other numbers, with other people's conversations."""
    return config.settings().sms_number in (copy.sender, copy.recipient)


def _since(carrier: Provider, marks: _Marks, now: datetime) -> datetime:
    looks_back = LOOKS_BACK if carrier.abilities.deletes else LOOKS_BACK_WITHOUT_DELETING
    return min(marks.taken - MARGIN, now - looks_back)


def _marks(carrier: Provider, now: datetime) -> _Marks:
    """The first run begins with itself, also if its list fails: from here on, texts are ours to find."""
    row = queries.sweep_row(carrier.name)
    if row is None:
        queries.add_sweep(carrier.name, now.timestamp())
        db.db.session.commit()
        return _Marks(now, datetime.fromtimestamp(0, UTC), 0)
    db.db.session.rollback()
    taken, tried = (datetime.fromtimestamp(seconds, UTC) for seconds in (row.complete_until, row.erased_until))
    return _Marks(taken, tried, row.oldest_hours)


def _change(carrier: Provider, **marks: float) -> None:
    queries.change_sweep(carrier.name, **marks)
    db.db.session.commit()
