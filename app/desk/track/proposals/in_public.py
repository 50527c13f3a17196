"""What the public reads of a proposal: the ask, who must answer, since when, and the answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.desk.track import cell_references, principles, queries, states
from app.desk.track.proposals.models import FormerAnswer, Proposal
from app.publication import initiatives, track
from app.publication.track import Entry, Link


def show(proposal: Proposal, today: date) -> None:
    """Put what holds today before the public. A draft is never shown; the caller commits."""
    track.show(entry(proposal, today))


def entry(proposal: Proposal, today: date) -> Entry:
    """The public copy, with every figure in words."""
    assert proposal.submitted_on is not None  # noqa: S101 - only what was sent is shown
    grounds = [one.code for one in proposal.findings] + [one.code for one in proposal.research]
    return Entry(
        code=proposal.code,
        kind="proposal",
        state=proposal.state,
        phase=_phase(proposal),
        themes=tuple(dict.fromkeys(theme for finding in proposal.findings for theme in finding.themes)),
        initiatives=(proposal.initiative,) if proposal.initiative else (),
        first_on=proposal.submitted_on,
        changed_on=today,
        title={"da": cell_references.shown(proposal.ask, "da")},
        parts=_parts(proposal),
        links=tuple(Link("stands_on", code) for code in grounds),
    )


def entries(today: date) -> Iterator[Entry]:
    """Every proposal that is public, as it is read today."""
    for proposal in queries.proposals(states.PROPOSAL):
        if proposal.submitted_on:
            yield entry(proposal, today)


def _phase(proposal: Proposal) -> str:
    """The phase of its newest finding that has one."""
    return next((finding.phase for finding in reversed(proposal.findings) if finding.phase), "")


def _parts(proposal: Proposal) -> dict[str, Any]:
    return {
        "recipient": proposal.recipient,
        "recipient_name": proposal.recipient_name,
        "initiative": initiatives.names().get(proposal.initiative or "", ""),
        "principle": principles.HEADINGS.get(proposal.principle or 0, ""),
        "submitted_on": _day(proposal.submitted_on),
        "asked_again_on": _day(proposal.asked_again_on),
        "answer_due": _day(proposal.answer_due),
        "is_trial": proposal.is_trial,
        "answer": _answer(proposal),
        "former_answers": [_former(one) for one in proposal.former_answers],
        "withdrawn_because": cell_references.shown(proposal.withdrawn_because, "da"),
    }


def _answer(proposal: Proposal) -> dict[str, Any] | None:
    if proposal.answered_on is None:
        return None
    words = cell_references.shown(proposal.answer, "da")
    return {"state": proposal.state, "words": words, "by": proposal.answered_by, "on": _day(proposal.answered_on)}


def _former(one: FormerAnswer) -> dict[str, Any]:
    return {
        "state": one.state,
        "words": cell_references.shown(one.answer, "da"),
        "by": one.answered_by,
        "on": _day(one.answered_on),
        "reopened_on": _day(one.reopened_on),
        "reopened_because": cell_references.shown(one.reopened_because, "da"),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
