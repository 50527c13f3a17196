"""What can be told of: a decision or an action, with the themes, the phase and the places of its findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.desk.track.decisions.models import Decision
from app.desk.track.findings import places
from app.desk.track.findings.models import Finding
from app.desk.track.telling import queries
from app.publication import told


@dataclass(frozen=True, kw_only=True)
class About:
    """One decision or action as it concerns those who are told of it."""

    code: str
    title: str
    decided_by: str
    on: date | None
    """The day it was decided, done or dropped; None while it is under way."""
    is_public: bool
    """Whether it may be told now."""
    outcome: str
    """'did', 'did_not', or '' where only who writes can know."""
    findings: tuple[Finding, ...]


def of(code: str) -> About | None:
    """The decision or action of this code; None where there is none."""
    number = int(code[1:]) if code[1:].isdecimal() else 0
    if code.startswith("B"):
        decision = queries.decision(number)
        return _decision(decision) if decision else None
    return None


def told_about(about: About, outcome: str, today: date) -> told.About:
    """What the public copy keeps of it."""
    return told.About(
        code=about.code,
        outcome=outcome,
        decided_on=about.on or today,
        decided_by=about.decided_by,
        themes=tuple(dict.fromkeys(finding.theme for finding in about.findings)),
        places=tuple(dict.fromkeys(place for finding in about.findings for place in places.named(finding))),
    )


def _decision(decision: Decision) -> About:
    return About(
        code=decision.code,
        title=decision.title,
        decided_by=decision.decided_by,
        on=decision.decided_on,
        is_public=decision.state == "published",
        outcome="",
        findings=_unique(finding for proposal in decision.proposals for finding in proposal.findings),
    )


def _unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple({finding.number: finding for finding in findings}.values())
