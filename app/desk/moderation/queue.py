"""What to read next: urgent first, then the older week, then by chance; never the order of arrival."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from app.core import clock
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.queries import AnyRow

PAGE = 20
MOST = 100
"""Counts stop here: a number beside a list is to plan by, not to watch people by."""
FRESH = 10  # seconds
_PLACE = re.compile(r"([01])\.(\d{4}-W\d\d)\.([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True)
class Tray:
    """One of the queues on the left."""

    key: str
    name: str
    state: str | None = None
    urgent_only: bool = False
    untagged: bool = False


TRAYS = (
    Tray("waiting", N_("To read"), states.WAITING),
    Tray("urgent", N_("Urgent"), states.WAITING, urgent_only=True),
    Tray("held", N_("Set aside"), states.HELD),
    Tray("rejected", N_("Rejected"), states.REJECTED),
    Tray("untagged", N_("Without a theme"), untagged=True),
    Tray("read", N_("Approved")),
)


def tray(key: str | None) -> Tray:
    """The queue of this name, else the one to read."""
    return next((tray for tray in TRAYS if tray.key == key), TRAYS[0])


def counts(reader: User) -> dict[str, str]:
    """How many stand in each queue, '100+' at most."""
    return {one.key: _said(_count(one, reader)) for one in TRAYS}


def left(reader: User) -> str:
    """How many are still to be read."""
    return _said(_count(TRAYS[0], reader))


def texts(one: Tray, reader: User, after: str | None) -> Sequence[AnyRow]:
    """One more than a page of texts that are not approved, from where the last page ended."""
    return queries.page(reader, state=str(one.state), urgent_only=one.urgent_only, after=parse(after), size=PAGE + 1)


def approved(one: Tray, reader: User, after: str | None, theme: str | None = None) -> Sequence[AnyRow]:
    """One more than a page of statements, newest week first."""
    place = parse(after)
    return queries.statements(
        reader, theme=theme, untagged=one.untagged, after=place and (place[1], place[2]), size=PAGE + 1
    )


def next_text(reader: User, after: AnyRow | None = None) -> bytes | None:
    """The next one to read; past the end the queue begins again with what was skipped."""
    place = (after.is_urgent, after.week, after.answer_id) if after else None
    found = queries.page(reader, state=states.WAITING, after=place, size=1)
    found = found or queries.page(reader, state=states.WAITING, after=None, size=1)
    return bytes(found[0].answer_id) if found else None


def place_of(row: AnyRow) -> str:
    """Where a page ends, for the link to the next one."""
    return f"{int(row.is_urgent)}.{row.week}.{row.answer_id.hex()}"


def place_of_statement(row: AnyRow) -> str:
    """The same for a list of statements."""
    return f"0.{row.week}.{row.id.hex()}"


def parse(place: str | None) -> tuple[bool, str, bytes] | None:
    """The place again; anything else begins at the top."""
    found = _PLACE.fullmatch(place or "")
    return (found[1] == "1", found[2], bytes.fromhex(found[3])) if found else None


def _count(one: Tray, reader: User) -> int:
    if one.state is None:
        return _remembered(one, reader)
    return queries.count_items(reader, state=one.state, urgent_only=one.urgent_only, most=MOST)


def _remembered(one: Tray, reader: User) -> int:
    """Approved texts are many, and nobody waits for them: their number may be ten seconds old."""
    known: dict[tuple[str, str | None], tuple[float, int]] = current_app.extensions.setdefault("queue_counts", {})
    place, now = (one.key, reader.site_code), clock.clock().since_boot()
    if place not in known or not 0 <= now - known[place][0] < FRESH:
        known[place] = now, queries.count_statements(reader, untagged=one.untagged, most=MOST)
    return known[place][1]


def _said(count: int) -> str:
    return f"{MOST}+" if count >= MOST else str(count)
