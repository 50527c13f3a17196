"""What the public reads of a decision: what came of it, why, who disagreed, and both lists."""

from datetime import date

from app.desk.track import cell_references
from app.desk.track.decisions.models import Decision
from app.publication import track
from app.publication.track import Entry, Link


def texts(decision: Decision) -> tuple[str, ...]:
    """Everything of it that the public will read."""
    reasons = (one.reason or "" for one in decision.weighed)
    return (decision.title, decision.body, decision.reason, decision.minority or "", *reasons)


def show(decision: Decision, today: date) -> None:
    """Put it before the public, every figure in words. The caller commits."""
    track.show(entry(decision, today))


def entry(decision: Decision, today: date) -> Entry:
    """The public copy."""
    findings = [finding for proposal in decision.proposals for finding in proposal.findings]
    return Entry(
        code=decision.code,
        kind="decision",
        state=decision.state,
        phase=decision.phase_key or "",
        themes=tuple(dict.fromkeys(theme for finding in findings for theme in finding.themes)),
        initiatives=tuple(dict.fromkeys(one.initiative for one in decision.proposals if one.initiative)),
        first_on=today,
        changed_on=today,
        title={"da": _shown(decision.title)},
        parts={
            "outcome": decision.outcome,
            "body": _shown(decision.body),
            "reason": _shown(decision.reason),
            "minority": _shown(decision.minority or ""),
            "decided_on": decision.decided_on.isoformat(),
            "decided_by": decision.decided_by,
            "set_aside": [{"code": one.code, "reason": _shown(one.reason or "")} for one in decision.set_aside],
        },
        links=tuple(_links(decision)),
    )


def _links(decision: Decision) -> list[Link]:
    found = [Link("answers", one.code) for one in decision.proposals]
    found += [Link("considered", code) for code in decision.considered]
    found += [Link("set_aside", one.code) for one in decision.set_aside]
    return [*found, Link("corrects", decision.corrects)] if decision.corrects else found


def _shown(text: str) -> str:
    return cell_references.shown(text, "da")
