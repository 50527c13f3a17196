"""The head of the audit trail outside the database: added to a file on another disk once a day, and compared.

Whoever owns database and keys can seal a whole new trail; not the lines that already lie elsewhere.
"""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from app.core import config
from app.core.clock import COPENHAGEN
from app.desk.accounts import audit, queries

LONGEST_SILENCE = timedelta(days=2)
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\d+) ([0-9a-f]{64})")


def head_in_words() -> str:
    """Number and seal of the last row, to write on paper or to compare with it."""
    seq, mac = audit.head()
    return f"{seq} {mac.hex()}"


def keep(now: datetime) -> None:
    """Add today's head to the file of STEMME_AUDIT_ANCHOR; OSError where that cannot be written."""
    path = config.settings().audit_anchor
    if path is None:
        return
    line = f"{now.astimezone(COPENHAGEN):%Y-%m-%d} {head_in_words()}\n"
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def faults(today: date) -> Iterator[str]:
    """One line for each row that is not the one whose seal lies outside, and for a missing tail."""
    path = config.settings().audit_anchor
    if path is None:
        return
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    known = [found.groups() for found in map(_LINE.fullmatch, lines) if found]
    if len(known) < len(lines):
        yield f"audit: {len(lines) - len(known)} lines kept outside cannot be read"
    kept = {int(seq): bytes.fromhex(mac) for _day, seq, mac in known}
    yield from _other_rows(kept)
    last, _mac = audit.head()
    if kept and max(kept) > last:
        yield f"audit: tail missing: row {max(kept)} was there, the last one now is {last}"
    since = max((date.fromisoformat(day) for day, _seq, _mac in known), default=_first_day(today))
    if today - since > LONGEST_SILENCE:
        yield f"audit: no head was kept outside since {since}"


def _other_rows(kept: Mapping[int, bytes]) -> Iterator[str]:
    cut = queries.audit_cut()
    for row in queries.audit_rows([seq for seq in kept if cut is None or seq > cut.seq]):
        if row.mac != kept[row.seq]:
            yield f"audit: row {row.seq} is not the one whose seal was kept outside"


def _first_day(today: date) -> date:
    """The day of the oldest row: from then on there should have been something outside."""
    oldest = queries.first_audit()
    return oldest.at.astimezone(COPENHAGEN).date() if oldest else today
