"""The track for machines: everything public in one document, and one page of asked – said – did for each action.

Quotes are not in it: they stand on pages and in dossiers only, where they can be taken down within a night.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from app.publication import told
from app.publication.models import Told
from app.publication.track.chain import Chain
from app.publication.track.entries import Entry
from app.publication.track.rates import Rate

FORMAT = "gadens-stemme-track-1"
LICENCE = "CC BY 4.0"
SOURCE = "Gadens Stemme, Rådet for Socialt Udsatte"
LANGUAGE = "da"
NAMES = {
    "phase": "phases",
    "finding": "findings",
    "research": "research",
    "proposal": "proposals",
    "decision": "decisions",
    "action": "actions",
}
ON_PAGES_ONLY = frozenset({"quotes"})
_OUTCOME_LINES = (
    ("id", "asked", "said", "did"),
    ("not_done_because", "n", "period", "places", "groups"),
    ("findings", "proposals", "decisions", "release", "status", "progress", "updated", "language", "licence"),
)


def document(public: Sequence[Entry], told_now: Iterable[Told], rates: Iterable[tuple[str, Rate]]) -> dict[str, Any]:
    """Every public object by kind, the answers, what is told back, who points at whom, and the change rates."""
    codes = {one.code for one in public}
    by_kind = {name: [_object(one) for one in public if one.kind == kind] for kind, name in NAMES.items()}
    return {
        "format": FORMAT,
        "licence": LICENCE,
        "source": SOURCE,
        "language": LANGUAGE,
        "updated": max((one.changed_on for one in public), default=date.min).isoformat() if public else None,
        **by_kind,
        "answers": [{"proposal": one.code, **one.parts["answer"]} for one in public if one.parts.get("answer")],
        "told": [_told(item) for item in told_now],
        "links": [
            {"from": one.code, "relation": link.relation, "to": link.code}
            for one in public
            for link in one.links
            if link.code in codes
        ],
        "change_rate": [{"period": period, **asdict(rate)} for period, rate in rates],
    }


def outcome(
    action: Entry, chain: Chain, told_now: Iterable[Told], *, asked: str, releases: Collection[str]
) -> dict[str, Any]:
    """What was asked, said and done, in the three headings citizens' consultations use elsewhere, with the chain.

    `n` is the number of answers behind the finding where it was printed, else null. `releases` are those in public.
    """
    above = chain.above(action.code)
    by_kind = {kind: [one for one in above if one.kind == kind] for kind in NAMES}
    words = _words_of((action.code, *(one.code for one in by_kind["decision"])), told_now)
    finding = next(iter(by_kind["finding"]), None)
    parts = finding.parts if finding else {}
    places = action.places or (finding.places if finding else ())
    period = parts.get("period")
    return {
        "id": action.code,
        "asked": asked,
        "said": words.get("said"),
        "did": words.get("did"),
        "not_done_because": words.get("did_not") or action.parts.get("dropped_because") or None,
        "n": parts.get("n"),
        "period": period,
        "places": list(places),
        "groups": [],
        "findings": [one.code for one in by_kind["finding"]],
        "proposals": [one.code for one in by_kind["proposal"]],
        "decisions": [one.code for one in by_kind["decision"]],
        "release": period if period in releases else None,
        "status": action.state,
        "progress": action.parts.get("progress"),
        "updated": action.changed_on.isoformat(),
        "language": LANGUAGE,
        "licence": LICENCE,
    }


def written(outcome: Mapping[str, Any]) -> str:
    """The outcome as text: a line for the words, one for where they come from, one for what became of them."""
    lines = (", ".join(f"{_json(name)}: {_json(outcome[name])}" for name in names) for names in _OUTCOME_LINES)
    return "{" + ",\n ".join(lines) + "}"


def _object(entry: Entry) -> dict[str, Any]:
    parts = {name: part for name, part in entry.parts.items() if name not in ON_PAGES_ONLY}
    return {
        **parts,
        "code": entry.code,
        "state": entry.state,
        "phase": entry.phase or None,
        "themes": list(entry.themes),
        "initiatives": list(entry.initiatives),
        "places": list(entry.places),
        "first_on": entry.first_on.isoformat(),
        "changed_on": entry.changed_on.isoformat(),
        "title": dict(entry.title),
    }


def _told(item: Told) -> dict[str, Any]:
    words = told.on(item, "web")
    return {
        "code": item.code,
        "outcome": item.outcome,
        "themes": list(item.themes),
        "places": list(item.places),
        "decided_on": item.decided_on.isoformat(),
        "decided_by": item.decided_by,
        "said": {lang: one.said for lang, one in words.items()},
        "body": {lang: one.body for lang, one in words.items()},
    }


def _words_of(codes: Sequence[str], told_now: Iterable[Told]) -> dict[str, str]:
    """What people said, what was done and what was not, from what is told nearest to the action."""
    found: dict[str, str] = {}
    for item in sorted((one for one in told_now if one.code in codes), key=lambda one: codes.index(one.code)):
        words = told.on(item, "web")[LANGUAGE]
        found.setdefault("said", words.said)
        found.setdefault(item.outcome, words.body)
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
