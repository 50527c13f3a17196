"""What the public reads of a phase: its days, the promises that were moved, and how every point of its gate stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.desk.track import cell_references
from app.desk.track.gates import gate
from app.desk.track.gates.gate import Point
from app.desk.track.phases import phases, queries
from app.desk.track.phases.models import DATES, MovedDate, Phase
from app.publication import track
from app.publication.dossiers import copies
from app.publication.track import Entry

LANGUAGES = ("da", "en")
_AFTER_LISTENING = ("closed", "decided", "result_published")


def show(phase: Phase, today: date) -> None:
    """Put what holds today before the public. The caller commits."""
    track.show(entry(phase, today))


def entries(today: date) -> Iterator[Entry]:
    """Every phase as it stands today: a gate changes with what lies before it, without anybody touching the phase."""
    for phase in queries.phases():
        yield entry(phase, today)


def entry(phase: Phase, today: date) -> Entry:
    """The public copy. The gate stands there once the listening has ended: before, nothing of it can be in order."""
    return Entry(
        code=phase.key,
        kind="phase",
        state=phase.state,
        phase=phase.key,
        initiatives=tuple(phase.initiatives),
        first_on=today,
        changed_on=today,
        title={lang: phases.name(phase, lang) for lang in LANGUAGES},
        parts={
            "name": {lang: phases.name(phase, lang) for lang in LANGUAGES},
            "purpose": {"da": phase.purpose_da, "en": phase.purpose_en},
            **{name: _day(getattr(phase, name)) for name in (*DATES, "decided_on", "result_on")},
            "moved": [_moved(one) for one in queries.moved_dates(phase.key)],
            "gate": stood(phase, today) if phase.state in _AFTER_LISTENING else [],
            "cancelled_because": cell_references.shown(phase.cancelled_because, "da"),
            "dossier": _dossier(phase.key),
            "position": phase.position,
        },
    )


def stood(phase: Phase, today: date) -> list[dict[str, Any]]:
    """How the points stand: as they stood when it was decided, else as they stand today."""
    return phase.gate_stood if phase.gate_stood is not None else told(gate.stands(phase, today))


def told(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Points in Danish words; what is missing stands beside the reason that somebody gave for it."""
    return [
        {
            "number": point.number,
            "point": point.name("da"),
            "is_met": point.is_met,
            "missing": point.says("da"),
            "because": "" if point.is_met else _because(point),
            "by_role": point.by_role("da"),
        }
        for point in points
    ]


def _because(point: Point) -> str:
    return cell_references.shown(point.reason.because, "da") if point.reason else point.says("da")


def _moved(one: MovedDate) -> dict[str, str]:
    days = {name: getattr(one, name).isoformat() for name in ("was", "became", "moved_on")}
    return {"name": one.name, "because": cell_references.shown(one.because, "da"), **days}


def _dossier(key: str) -> dict[str, Any] | None:
    """Where everybody can take it along; None while none is public."""
    found = copies.newest(key)
    if found is None:
        return None
    day = found.published_on.isoformat()
    return {"number": found.number, "hash": found.hash, "published_on": day, "file": f"/api/v1/dossiers/{key}.zip"}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
