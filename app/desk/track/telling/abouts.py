"""What can be told of: a decision or an action; and the themes, the phase and the places it goes back to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.findings import places
from app.desk.track.findings.models import Finding
from app.desk.track.telling import queries
from app.publication import told

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
"""One code for each, or words could be told of B1 under another name."""
_OUTCOMES = {"done": "did", "dropped": "did_not"}


@dataclass(frozen=True, kw_only=True)
class About:
    """One decision or action as it concerns those who are told of it."""

    code: str
    title: str
    decided_by: str
    on: date | None
    """The day it was decided, done or dropped; None while it is under way."""
    since: date | None
    """Since when people wait to be told: everybody may know from then on. None before."""
    outcome: str
    """'did', 'did_not', or '' where only who writes can know."""


def of(code: str) -> About | None:
    """The decision or action of this code; None where there is none."""
    number = int(code[1:]) if _NUMBER.fullmatch(code[1:]) else 0
    if code.startswith("B"):
        decision = queries.decision(number)
        return _decision(decision) if decision else None
    action = queries.action(number) if code.startswith("A") else None
    return _action(action) if action else None


def to_tell() -> list[About]:
    """Everything people wait to be told or have been told: decisions that are public, actions that have ended."""
    return [*map(_decision, queries.public_decisions()), *map(_action, queries.ended_actions())]


def untold() -> list[About]:
    """Those of them that nobody has told in Danish on the web since everybody may know."""
    return [*map(_decision, queries.untold_decisions()), *map(_action, queries.untold_actions())]


def told_about(about: About, outcome: str, today: date) -> told.About:
    """What the public copy keeps of it, with what the findings behind it are about."""
    action = queries.action(int(about.code[1:])) if about.code.startswith("A") else None
    decision = action.decision if action else queries.decision(int(about.code[1:]))
    asked = [*([action.proposal] if action and action.proposal else []), *(decision.proposals if decision else [])]
    found = {finding.number: finding for proposal in asked for finding in proposal.findings}.values()
    at = (action.site_code,) if action and action.site_code else _places(found)
    return told.About(
        code=about.code,
        outcome=outcome,
        decided_on=about.on or today,
        decided_by=about.decided_by,
        themes=tuple(dict.fromkeys(theme for finding in found for theme in finding.themes)),
        phase=(decision.phase_key if decision else None) or _phase(found),
        places=at,
    )


def _decision(decision: Decision) -> About:
    return About(
        code=decision.code,
        title=decision.title,
        decided_by=decision.decided_by,
        on=decision.decided_on,
        since=decision.published_on,
        outcome="",
    )


def _action(action: Action) -> About:
    return About(
        code=action.code,
        title=action.title,
        decided_by=action.owner,
        on=action.ended_on,
        since=action.ended_on,
        outcome=_OUTCOMES.get(action.state, ""),
    )


def _phase(findings: Collection[Finding]) -> str:
    """The phase of the newest finding that has one."""
    return next((finding.phase for finding in reversed([*findings]) if finding.phase), "")


def _places(findings: Collection[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for finding in findings for place in places.named(finding)))
