"""Phases as the rest of the track asks for them: which one a day or a period belongs to."""

import tomllib
from datetime import date

from app.core import weeks
from app.core.config import ROOT
from app.core.db import db
from app.desk.track.phases import queries
from app.desk.track.phases.models import Phase
from app.publication import periods

CONTENT = ROOT / "content" / "phases.toml"


def load() -> None:
    """Put the phases of content/phases.toml into the database; dates and states that are there stay as they are."""
    document = tomllib.loads(CONTENT.read_text("utf-8"))
    for position, entry in enumerate(document["phases"], 1):
        phase = queries.phase(entry["key"]) or Phase(key=entry["key"], state="planned")
        phase.project, phase.position = document["period"], position
        phase.name_da, phase.name_en = entry["name"]["da"], entry["name"]["en"]
        phase.purpose_da, phase.purpose_en = entry["purpose"]["da"], entry["purpose"]["en"]
        phase.surveys, phase.initiatives = entry["surveys"], entry.get("initiatives", [])
        phase.gate = entry["gate"]
        db.session.add(phase)
    db.session.flush()


def current(today: date) -> Phase | None:
    """The phase we listen in today, if there is one."""
    return queries.covering(today)


def of_period(period: str) -> str | None:
    """The key of the phase in which a period ends; None where the Council has set no such dates."""
    found = queries.covering(weeks.sunday(periods.parse(period).weeks[-1]))
    return found.key if found else None


def name(phase: Phase, lang: str) -> str:
    """What it is called: in Danish for those who read Danish, else in English."""
    return phase.name_da if lang in ("da", "kl") else phase.name_en
