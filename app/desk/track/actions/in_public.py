"""What the public reads of an action: who does what by when, how far it is, and how it ended."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.desk.track import cell_references, clocks, states
from app.desk.track.actions import queries
from app.desk.track.actions.models import Action
from app.desk.track.findings.models import Finding
from app.desk.track.proposals.models import Proposal
from app.publication import track
from app.publication.track import Entry, Link


def show(action: Action, today: date) -> None:
    """Put what holds today before the public; the caller commits."""
    track.show(entry(action, today))


def entry(action: Action, today: date) -> Entry:
    """The public copy. It is first shown on the day it is planned."""
    grounds = [one.code for one in (action.decision, action.proposal) if one]
    initiatives = (proposal.initiative for proposal in proposals(action) if proposal.initiative)
    return Entry(
        code=action.code,
        kind="action",
        state=action.state,
        phase=next((finding.phase for finding in findings(action) if finding.phase), ""),
        themes=tuple(dict.fromkeys(theme for finding in findings(action) for theme in finding.themes)),
        initiatives=tuple(dict.fromkeys(initiatives)),
        places=(action.site_code,) if action.site_code else (),
        first_on=today,
        changed_on=today,
        title={"da": cell_references.shown(action.title, "da")},
        parts=_parts(action),
        links=tuple(Link("carries_out", code) for code in grounds),
    )


def entries(today: date) -> Iterator[Entry]:
    """Every action as it is read today."""
    for action in queries.all_in(states.ACTION):
        yield entry(action, today)


def proposals(action: Action) -> list[Proposal]:
    """The proposals it goes back to, itself or by its decision."""
    by_decision = action.decision.proposals if action.decision else []
    found = [*([action.proposal] if action.proposal else []), *by_decision]
    return list(dict.fromkeys(found))


def findings(action: Action) -> Iterator[Finding]:
    """The findings it goes back to."""
    for proposal in proposals(action):
        yield from proposal.findings


def late_since(action: Action, today: date) -> date | None:
    """The first day it was late; None while it is not."""
    is_late = action.ended_on is None and clocks.days_late(action.due, today) > 0
    return action.due + timedelta(days=1) if is_late else None


def _parts(action: Action) -> dict[str, Any]:
    shown = cell_references.shown
    return {
        "owner": action.owner,
        "due": _day(action.due),
        "started_on": _day(action.started_on),
        "progress": _progress(action),
        "milestones": [{"text": shown(one.text, "da"), "done_on": _day(one.done_on)} for one in action.milestones],
        "evidence": [
            {"text": shown(one.text, "da"), "link": one.link} for one in action.evidence if one.shown_by_id is not None
        ],
        "done_on": _day(action.ended_on) if action.state == "done" else None,
        "dropped_on": _day(action.ended_on) if action.state == "dropped" else None,
        "dropped_because": shown(action.dropped_because, "da"),
        "reopened_because": shown(action.reopened_because, "da"),
        "is_trial": action.is_trial,
        "result": shown(action.result, "da"),
    }


def _progress(action: Action) -> int | None:
    """How far it is; nothing of one that is taken up again, until somebody has said anew how far it is."""
    return None if action.reopened_because and action.set_by_id is None else action.progress


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
