"""Numbers beside the queue: what stands in each tray, how far the day has come, and whether a break is due."""

from collections.abc import Iterable, Mapping
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
FRESH, SLOW = 10, 300  # seconds
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
    """As they were at most ten seconds ago; what must be counted among all approved texts, five minutes ago."""
    known: dict[bytes, tuple[float, Numbers]] = current_app.extensions.setdefault("queue_numbers", {})
    now = clock.clock().since_boot()
    found = known.get(reader.id)
    if found is None or not 0 <= now - found[0] < FRESH:
        known[reader.id] = found = now, _numbers(reader)
    return found[1]


def decided() -> None:
    """Somebody has decided here: the next page counts anew what is counted quickly."""
    current_app.extensions.pop("queue_numbers", None)


def forget() -> None:
    """Much may be different: the next page counts everything anew."""
    decided()
    current_app.extensions.pop("slow_numbers", None)


def left(reader: User) -> str:
    """How many are still to be read, just now."""
    (waiting,) = queries.count([_of_tray(TRAYS[0], Facets(), reader)], most=MOST)
    return said(waiting)


def said(count: int) -> str:
    """A number as it is shown."""
    return f"{MOST}+" if count >= MOST else str(count)


def _numbers(reader: User) -> Numbers:
    saved = {one.id.hex(): one for one in filtered.saved(reader.id)}
    wanted = {key: facets.parse(one.facets) for key, one in saved.items()}
    quick = {one.key: _of_tray(one, Facets(), reader) for one in TRAYS if not one.address}
    slow = {one.key: one.counted(reader) for one in TRAYS if one.counted}
    for key, shown in wanted.items():
        at = tray(shown.tray)
        (quick if at.state else slow)[key] = _of_tray(at, shown, reader)
    found = dict(zip(quick, queries.count(quick.values(), most=MOST), strict=True)) | _slowly(slow, reader)
    oldest = queries.oldest_week(reader)
    waiting, now = found[TRAYS[0].key], clock.now()
    today = now.astimezone(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)
    acts = queries.acts_since(today, latest=LATEST_ACTS)
    done = sum(act.times or 1 for act in acts if act.act in DECISIONS)
    return Numbers(
        trays={one.key: said(found[one.key]) for one in TRAYS if one.key in found},
        saved=tuple(
            Saved(id=key, name=one.name, facets=wanted[key], is_own=one.user_id == reader.id, count=said(found[key]))
            for key, one in saved.items()
        ),
        done_today=done,
        left=said(waiting),
        of_today=f"{done + waiting}{'+' if waiting >= MOST else ''}",
        oldest=oldest,
        oldest_days=days_since(oldest, now.astimezone(COPENHAGEN).date()) if oldest else 0,
        is_break_due=is_break_due([act.at for act in acts if act.actor == reader.id.hex()], now),
    )


def _slowly(selected: Mapping[str, AnySelect], reader: User) -> dict[str, int]:
    """Counts among all that was ever approved: as they were at most five minutes ago."""
    known: dict[bytes, tuple[float, dict[str, int]]] = current_app.extensions.setdefault("slow_numbers", {})
    now = clock.clock().since_boot()
    found = known.get(reader.id)
    if found is None or not 0 <= now - found[0] < SLOW or found[1].keys() != selected.keys():
        known[reader.id] = found = now, dict(zip(selected, queries.count(selected.values(), most=MOST), strict=True))
    return found[1]


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
    if one.state:
        return queries.texts(one, wanted, reader)
    return filtered.ids(wanted, reader, untagged=one.is_untagged)
