"""What others studied, answered and did in the demo: research, the answer to a proposal, and actions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.demo import phases, telling_back
from app.desk.accounts import users
from app.desk.track.actions import actions, ending, evidence
from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.phases import queries
from app.desk.track.proposals import answers
from app.desk.track.proposals.models import Proposal
from app.desk.track.research import research

Entry = Mapping[str, Any]


def studied(entries: Sequence[Entry], finding: Finding, day: date) -> None:
    """Research that came, beside the finding, and some that was asked for in vain."""
    for entry in entries:
        found = research.register(_written(entry, day), queries.phase(phases.FIRST), users.named(entry["by"]))
        if "relation" in entry:
            research.relate(found, {finding: entry["relation"]}, day)
        research.review(found, users.named(entry["reviewer"]))
        research.publish(found, day)


def answered(entry: Entry, proposal: Proposal, today: date) -> None:
    """What the recipient of a proposal said."""
    day = _after(proposal.submitted_on or today, entry["after"], today)
    answers.record(proposal, answers.Answer(entry["state"], entry["words"], entry["by"], day), day)


def act(entry: Entry, decision: Decision, today: date) -> None:
    """An action that carries out a decision: finished, on its way, or given up."""
    action = actions.plan(_planned(entry, decision), actions.Ground(decision=decision), decision.decided_on)
    for text in entry.get("milestones", ()):
        actions.add_milestone(action, text, decision.decided_on)
    actions.start(action, _after(decision.decided_on, entry["started"], today))
    if "done" in entry:
        _finish(action, entry, _after(decision.decided_on, entry["done"], today))
    if "progress" in entry:
        _go_on(action, entry, today)
    if "dropped" in entry:
        ending.drop(action, entry["because"], _after(decision.decided_on, entry["dropped"], today))


def _finish(action: Action, entry: Entry, day: date) -> None:
    council = users.named(entry["by"])
    _reach(action, entry["milestones"], day)
    evidence.give(action, entry["evidence"], "", council, day)
    actions.set_progress(action, 100, council, day)
    telling_back.tell(action.code, entry["told"], entry["by"], entry["second"], day)
    ending.see_done(action, users.named(entry["second"]), day)


def _go_on(action: Action, entry: Entry, today: date) -> None:
    _reach(action, entry["reached"], today)
    evidence.give(action, entry["evidence"], "", users.named(entry["shown_by"]), today)
    actions.set_progress(action, entry["progress"], users.named(entry["by"]), today)


def _reach(action: Action, texts: Sequence[str], day: date) -> None:
    for one in action.milestones:
        if one.text in texts:
            actions.reach(action, one.number, day)


def _planned(entry: Entry, decision: Decision) -> actions.Words:
    return actions.Words(
        title=entry["title"],
        owner=entry["owner"],
        owner_kind=entry["owner_kind"],
        site_code=entry.get("site"),
        due=decision.decided_on + timedelta(days=entry["due"]),
        is_trial=entry.get("is_trial", False),
    )


def _written(entry: Entry, day: date) -> research.Words:
    before = {name: day - timedelta(days=entry[name]) if name in entry else None for name in ("dated", "asked")}
    return research.Words(
        kind=entry["kind"],
        title=entry["title"],
        institution=entry["institution"],
        dated=before["dated"],
        asked_on=before["asked"],
        link=entry.get("link", ""),
        says=entry["says"],
        themes=tuple(entry["themes"]),
        initiatives=tuple(entry["initiatives"]),
        permission="",
    )


def _after(day: date, days: int, today: date) -> date:
    return min(day + timedelta(days=days), today)
