"""Objects of the track in public: shown, changed, taken away, and found again by their links."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from app.core import db
from app.publication.track import queries
from app.publication.track.models import KINDS, LONGEST_CODE, RELATIONS, TrackEntry, TrackLink

LETTERS = {"finding": "U", "research": "R", "proposal": "F", "decision": "B", "action": "A"}
STAMP_BITS = 40
"""So that the sum over many thousands still fits in the database's numbers."""
_PHASE_KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True)
class Link:
    """What an object has to do with another one; the code is that of the other end."""

    relation: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One public object. `parts` holds what its kind has besides: words, ISO dates, lists of them (docs/track.md)."""

    code: str
    kind: str
    state: str
    phase: str = ""
    themes: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first_on: date
    changed_on: date
    title: Mapping[str, str]
    parts: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


def show(entry: Entry) -> None:
    """Make it public, or say what holds now; the day it first stood there stays. The caller commits.

    A code, a kind or a relation that the track does not have is a bug of the caller: ValueError.
    """
    _refuse_unknown(entry)
    before = queries.entry(entry.code)
    first_on = min(before.first_on, entry.first_on) if before else entry.first_on
    row = TrackEntry(
        code=entry.code,
        kind=entry.kind,
        state=entry.state,
        phase=entry.phase,
        stamp=secrets.randbits(STAMP_BITS),
        themes=list(entry.themes),
        initiatives=list(entry.initiatives),
        places=list(entry.places),
        first_on=first_on,
        changed_on=max(entry.changed_on, first_on),
        title=dict(entry.title),
        parts=dict(entry.parts),
        links=_rows(entry),
    )
    db.db.session.merge(row)
    db.db.session.flush()


def hide(code: str) -> None:
    """Take it off every page with its links; nothing happens when it was not there. The caller commits."""
    found = queries.entry(code)
    if found is not None:
        db.db.session.delete(found)
        db.db.session.flush()


def entry(code: str) -> Entry | None:
    """One public object."""
    found = queries.entry(code)
    return _read(found) if found else None


def entries(kind: str | None = None) -> list[Entry]:
    """Every public object, or those of a kind, what came first first."""
    db.db.session.flush()
    return [one for one in _all(*queries.stamps()) if kind is None or one.kind == kind]


def linked_to(code: str) -> list[Link]:
    """Who says something about this object: the relation, and the code of the one who says it."""
    return [Link(one.relation, one.code) for one in queries.links_to(code)]


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes as people count: U9 before U10."""
    return sorted(codes, key=lambda code: (code[:1], len(code), code))


@lru_cache(maxsize=4)
def _all(_count: int, _stamps: int) -> tuple[Entry, ...]:
    # Everybody reads the same, and it changes a few times a week: it is read once after each change.
    return tuple(_read(one) for one in queries.entries())


def _rows(entry: Entry) -> list[TrackLink]:
    links = dict.fromkeys(entry.links)
    return [
        TrackLink(code=entry.code, relation=one.relation, target=one.code, position=n) for n, one in enumerate(links)
    ]


def _read(row: TrackEntry) -> Entry:
    return Entry(
        code=row.code,
        kind=row.kind,
        state=row.state,
        phase=row.phase,
        themes=tuple(row.themes),
        initiatives=tuple(row.initiatives),
        places=tuple(row.places),
        first_on=row.first_on,
        changed_on=row.changed_on,
        title=row.title,
        parts=row.parts,
        links=tuple(Link(one.relation, one.target) for one in row.links),
    )


def _refuse_unknown(entry: Entry) -> None:
    letter = LETTERS.get(entry.kind, "")
    is_code = re.fullmatch(rf"{letter}[1-9]\d*", entry.code) if letter else _PHASE_KEY.fullmatch(entry.code)
    if entry.kind not in KINDS or not is_code or len(entry.code) > LONGEST_CODE:
        raise ValueError(f"{entry.code}: not the code of a {entry.kind}")
    unknown = {one.relation for one in entry.links} - set(RELATIONS)
    if unknown or not entry.title.get("da"):
        raise ValueError(f"{entry.code}: no title in Danish, or unknown relations: {sorted(unknown)}")
