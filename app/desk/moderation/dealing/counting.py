"""Numbers beside the queue: what stands in each tray, how far the day has come, and whether a break is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app

from app.core import clock, weeks
from app.core.clock import COPENHAGEN
from app.desk.accounts.models import User
from app.desk.moderation.dealing import queries
from app.desk.moderation.dealing.trays import TRAYS, Tray, tray
from app.desk.moderation.filters import facets
from app.desk.moderation.filters import queries as filtered
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.queries import AnySelect

MOST = 100
"""Counts stop here: a number beside a list is to plan by, not to watch people by."""
FRESH = 10  # seconds
DECISIONS = frozenset({"text.approve", "text.reject", "text.agree_reject", "text.hold", "case.raise"})
LATEST_ACTS = 2000
"""So many of the newest acts of the house are looked through; a day has fewer."""
BREAK_AFTER = timedelta(minutes=45)
BREAK_SHOWN = timedelta(minutes=10)
"""So long a break is offered; whoever reads on is asked again after another 45 minutes."""
PAUSE = timedelta(minutes=10)
"""Nothing done for so long was a break."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A saved filter, and how much it shows."""

    id: str
    name: str
    facets: Facets
    is_own: bool
    count: str


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What stands beside the queue. Counts read '100+' at most; the day's work is everybody's, never one person's."""

    trays: dict[str, str]
    saved: tuple[Saved, ...]
    done_today: int
    left: str
    of_today: str
    oldest: str | None
    """An ISO week."""
    oldest_days: int
    """Days since that week ended: the least that the oldest text has waited."""
    is_break_due: bool


def numbers(reader: User) -> Numbers:
    """As they were at most ten seconds ago."""
    known: dict[bytes, tuple[float, Numbers]] = current_app.extensions.setdefault("queue_numbers", {})
    now = clock.clock().since_boot()
    found = known.get(reader.id)
    if found is None or not 0 <= now - found[0] < FRESH:
        known[reader.id] = found = now, _numbers(reader)
    return found[1]


def forget() -> None:
    """Somebody has decided here: the next page counts anew."""
    current_app.extensions.pop("queue_numbers", None)


def left(reader: User) -> str:
    """How many are still to be read, just now."""
    (waiting,), _oldest = queries.count([_of_tray(TRAYS[0], Facets(), reader)], reader, most=MOST)
    return said(waiting)


def said(count: int) -> str:
    """A number as it is shown."""
    return f"{MOST}+" if count >= MOST else str(count)


def _numbers(reader: User) -> Numbers:
    saved = filtered.saved(reader.id)
    counted = [one for one in TRAYS if not one.address or one.counted]
    wanted = [facets.parse(one.facets) for one in saved]
    selected = [_of_tray(one, Facets(), reader) for one in counted]
    selected += [_of_tray(tray(one.tray), one, reader) for one in wanted]
    found, oldest = queries.count(selected, reader, most=MOST)
    in_trays, in_filters = found[: len(counted)], found[len(counted) :]
    waiting, now = in_trays[0], clock.now()
    today = now.astimezone(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)
    acts = queries.acts_since(today, latest=LATEST_ACTS)
    done = sum(act.times or 1 for act in acts if act.act in DECISIONS)
    return Numbers(
        trays={one.key: said(n) for one, n in zip(counted, in_trays, strict=True)},
        saved=tuple(
            Saved(id=one.id.hex(), name=one.name, facets=shown, is_own=one.user_id == reader.id, count=said(n))
            for one, shown, n in zip(saved, wanted, in_filters, strict=True)
        ),
        done_today=done,
        left=said(waiting),
        of_today=f"{done + waiting}{'+' if waiting >= MOST else ''}",
        oldest=oldest,
        oldest_days=days_since(oldest, now.astimezone(COPENHAGEN).date()) if oldest else 0,
        is_break_due=is_break_due([act.at for act in acts if act.actor == reader.id.hex()], now),
    )


def days_since(week: str, today: date) -> int:
    """Days since a week ended; 0 while it runs."""
    return max(0, (today - weeks.sunday(week)).days)


def is_break_due(acts: Iterable[datetime], now: datetime) -> bool:
    """Whether somebody has worked for 45 minutes without a pause of ten; `acts` come newest first."""
    began = now
    for at in acts:
        if began - at > PAUSE:
            break
        began = at
    worked = now - began
    return worked >= BREAK_AFTER and worked % BREAK_AFTER < BREAK_SHOWN


def _of_tray(one: Tray, wanted: Facets, reader: User) -> AnySelect:
    if one.counted:
        return one.counted(reader)
    if one.state:
        return queries.texts(one, wanted, reader)
    return filtered.ids(wanted, reader, untagged=one.is_untagged)
