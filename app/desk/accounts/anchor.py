"""The head of the audit trail outside the database: added to a file on another disk once a day, and compared.

Whoever owns database and keys can seal a whole new trail; not the lines that already lie elsewhere. After a restore
the trail goes on from an older row: a line says so, and what older lines say of later rows is set aside for good.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from app.core import config
from app.core.clock import COPENHAGEN
from app.desk.accounts import audit, queries

LONGEST_SILENCE = timedelta(days=2)
RESTORE = "restore"
"""The act that follows the last row of a backup."""
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (?:(\d+) ([0-9a-f]{64})|restored at (\d+))", re.ASCII)


@dataclass
class Kept:
    """What the lines outside say, read in their order."""

    heads: dict[int, bytes] = field(default_factory=dict)
    """Row → seal, of the trail that goes on today."""
    restored_at: list[tuple[date, int]] = field(default_factory=list)
    """Day and last row of each restore that the trail can still tell of."""
    last_day: date | None = None
    torn: int = 0
    """Lines that cannot be read."""


def head_in_words() -> str:
    """Number and seal of the last row, to write on paper or to compare with it."""
    seq, mac = audit.head()
    return f"{seq} {mac.hex()}"


def keep(now: datetime) -> None:
    """Add today's head to the file of STEMME_AUDIT_ANCHOR; OSError where that cannot be written."""
    _add(now, head_in_words())


def restored(now: datetime) -> Sequence[int]:
    """Add that the trail goes on from its last row, before the restore is recorded; rows known outside that are gone.

    OSError as above.
    """
    path, (last, _mac) = config.settings().audit_anchor, audit.head()
    if path is None:
        return ()
    gone = sorted(seq for seq in _read(path).heads if seq > last)
    _add(now, f"restored at {last}")
    return gone


def restores() -> Sequence[tuple[date, int]]:
    """Each restore that the file tells of: its day, and the row from which the trail went on."""
    path = config.settings().audit_anchor
    return _read(path).restored_at if path else ()


def faults(today: date) -> Iterator[str]:
    """One line for each row that is not the one whose seal lies outside, and for a missing tail."""
    path = config.settings().audit_anchor
    if path is None:
        return
    kept = _read(path)
    if kept.torn:
        yield f"audit: {kept.torn} lines kept outside cannot be read"
    yield from _other_rows(kept.heads)
    yield from _untold_restores(kept.restored_at)
    last, _mac = audit.head()
    if kept.heads and max(kept.heads) > last:
        yield f"audit: tail missing: row {max(kept.heads)} was there, the last one now is {last}"
    since = kept.last_day or _first_day(today)
    if today - since > LONGEST_SILENCE:
        yield f"audit: no head was kept outside since {since}"


def _add(now: datetime, said: str) -> None:
    path = config.settings().audit_anchor
    if path is None:
        return
    line = f"{now.astimezone(COPENHAGEN):%Y-%m-%d} {said}\n"
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> Kept:
    kept = Kept()
    for line in path.read_text("utf-8", "replace").splitlines() if path.exists() else ():
        found = _LINE.fullmatch(line)
        if found is None:
            kept.torn += 1
            continue
        day = date.fromisoformat(found[1])
        kept.last_day = max(day, kept.last_day or day)
        if found[4] is None:
            kept.heads[int(found[2])] = bytes.fromhex(found[3])
            continue
        last = int(found[4])
        kept.heads = {seq: mac for seq, mac in kept.heads.items() if seq <= last}
        kept.restored_at = [*(one for one in kept.restored_at if one[1] < last), (day, last)]
    return kept


def _other_rows(heads: Mapping[int, bytes]) -> Iterator[str]:
    cut = queries.audit_cut()
    for row in queries.audit_rows([seq for seq in heads if cut is None or seq > cut.seq]):
        if row.mac != heads[row.seq]:
            yield f"audit: row {row.seq} is not the one whose seal was kept outside"


def _untold_restores(restored_at: Sequence[tuple[date, int]]) -> Iterator[str]:
    """Who adds a line of a restore outside must have one in the trail as well, where everybody sees it."""
    cut = queries.audit_cut()
    first = {at + 1 for _day, at in restored_at if cut is None or at + 1 > cut.seq}
    told = {row.seq for row in queries.audit_rows(first) if row.act == RESTORE}
    yield from (f"audit: row {seq} does not tell of the restore that is kept outside" for seq in sorted(first - told))


def _first_day(today: date) -> date:
    """The day of the oldest row: from then on there should have been something outside."""
    oldest = queries.first_audit()
    return oldest.at.astimezone(COPENHAGEN).date() if oldest else today
