"""The dossier as a document: all that a decision stood on, in the words the public read, and the hashes of the rest.

A quote stands in it as a dash with the hash of its words: a dossier never changes, and words can be taken back.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from json import dumps
from typing import Any

from app.desk.accounts import queries as accounts
from app.desk.track.dossiers import queries, seen
from app.desk.track.gates import in_public
from app.desk.track.phases.models import Phase
from app.publication import track
from app.publication.formats import json
from app.publication.formats.base import Document
from app.publication.track import Entry

FORMAT = "gadens-stemme-dossier-1"
LICENCE = "CC-BY-4.0"


@dataclass(frozen=True)
class Head:
    """Where two chains stood when the dossier was made: that of dossiers, and that of the audit trail."""

    number: int
    previous_hash: str
    audit: Mapping[str, Any]


def head() -> Head:
    """The ends of both chains now."""
    last, trail = queries.newest(), accounts.last_audit()
    return Head(
        number=last.number + 1 if last else 1,
        previous_hash=last.hash if last else json.NO_HASH,
        audit={"seq": trail.seq, "mac": trail.mac.hex()} if trail else {"seq": 0, "mac": ""},
    )


def build(phase: Phase, chained: Head, today: date) -> Document:
    """The document with its hash, which is over everything else in it, the hash of the dossier before included."""
    document = {
        "format": FORMAT,
        "number": chained.number,
        "frozen_on": today.isoformat(),
        "licence": LICENCE,
        "phase": _plain(in_public.entry(phase, today)),
        **{f"{kind}s": list(_of_kind(kind, phase.key)) for kind in ("finding", "proposal", "decision", "action")},
        "research": list(_of_kind("research", phase.key)),
        **seen.beside(phase, today),
        "audit": dict(chained.audit),
        "previous_hash": chained.previous_hash,
        "hash": None,
    }
    normal = _normal(document)
    return {**normal, "hash": json.hash_of(normal)}


def written(document: Document) -> bytes:
    """The bytes of the file: keys sorted, UTF-8, NFC, no spaces."""
    text = dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def _of_kind(kind: str, phase_key: str) -> Iterator[dict[str, Any]]:
    """The public objects of a phase; an action or a proposal belongs to the phase of what it stands on."""
    for entry in track.entries(kind):
        if entry.phase == phase_key:
            yield _plain(entry) | (seen.of_finding(entry.code) if kind == "finding" else {})


def _plain(entry: Entry) -> dict[str, Any]:
    parts = dict(entry.parts)
    if "quotes" in parts:
        parts["quotes"] = [seen.pinned(words) for words in parts["quotes"]]
    return {
        "code": entry.code,
        "state": entry.state,
        "themes": list(entry.themes),
        "initiatives": list(entry.initiatives),
        "places": list(entry.places),
        "first_on": entry.first_on.isoformat(),
        "title": dict(entry.title),
        "parts": parts,
        "links": _links(entry.links),
    }


def _links(links: Iterable[track.Link]) -> list[list[str]]:
    return [[link.relation, link.code] for link in links]


def _normal(document: Document) -> Document:
    """As it comes back from the file, so that the hash is over what can be read again."""
    return json.read(written(document))
