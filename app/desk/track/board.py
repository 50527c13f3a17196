"""What waits for whom on the track, and how far everything is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.track import cell_references, queries, reading
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.proposals import proposals
from app.desk.track.proposals.models import Proposal
from app.publication.formats import wording


@dataclass(frozen=True)
class Task:
    """One thing that waits for the reader."""

    sentence: str
    about: str
    address: str


@dataclass(frozen=True)
class Step:
    """One step of the chain, and how many are where."""

    name: str
    sentence: str
    address: str


@dataclass(frozen=True)
class Waiting:
    """A proposal that was sent and not answered."""

    code: str
    ask: str
    recipient: str
    sentence: str
    address: str


def tasks(reader: User) -> list[Task]:
    """What this person can do now."""
    work = {"moderator": _moderator, "analyst": _author, "council": _council}.get(reader.role)
    return list(work(reader)) if work else []


def steps(reader: User) -> list[Step]:
    """The chain, counted in what the reader may see."""
    found = len(queries.findings(reading.finding_states(reader)))
    asked = len(queries.proposals(reading.proposal_states(reader)))
    decided = len(queries.decisions(reading.decision_states(reader)))
    counted = (
        (_("Findings"), ngettext("%(num)s finding", "%(num)s findings", found), "track.findings.index"),
        (_("Proposals"), ngettext("%(num)s proposal", "%(num)s proposals", asked), "track.proposals.index"),
        (_("Decisions"), ngettext("%(num)s decision", "%(num)s decisions", decided), "track.decisions.index"),
    )
    return [Step(name, sentence, url_for(endpoint)) for name, sentence, endpoint in counted]


def waiting_for_answers(today: date) -> list[Waiting]:
    """The public clock: proposals without an answer, the longest wait first."""
    sent = [one for one in queries.proposals(("submitted",)) if proposals.days_waiting(one, today) is not None]
    return [_waiting(one, today) for one in sorted(sent, key=lambda one: (one.submitted_on, one.number))]


def _waiting(proposal: Proposal, today: date) -> Waiting:
    return Waiting(
        proposal.code,
        cell_references.shown(proposal.ask),
        proposal.recipient_name,
        proposals.waited(proposal, today),
        url_for("track.proposals.show", code=proposal.code),
    )


def _author(reader: User) -> Iterator[Task]:
    for finding in queries.findings(("draft",)):
        if finding.author_id == reader.id:
            yield _about_finding(finding, _("Your draft %(code)s", code=finding.code))


def _moderator(reader: User) -> Iterator[Task]:
    for finding in queries.findings(("draft",)):
        if finding.author_id != reader.id:
            yield _about_finding(finding, _("Read and sign %(code)s", code=finding.code))
    yield from _author(reader)
    yield from _to_publish()
    yield from _to_confirm(reader)
    yield from _to_sign("second")


def _council(reader: User) -> Iterator[Task]:
    yield from _to_confirm(reader)
    for decision in queries.decisions(("taken",)):
        yield _about_decision(decision, _("Publish %(code)s", code=decision.code))
    yield from _to_publish()
    yield from _to_sign("first")
    for proposal in queries.proposals(("draft",)):
        address = url_for("track.proposals.show", code=proposal.code)
        yield Task(_("Send %(code)s", code=proposal.code), cell_references.shown(proposal.ask), address)


def _to_publish() -> Iterator[Task]:
    for finding in queries.findings(("signed",)):
        yield _about_finding(finding, _("Publish %(code)s", code=finding.code))


def _to_confirm(reader: User) -> Iterator[Task]:
    for decision in queries.decisions(("pending",)):
        if decision.entered_by_id != reader.id:
            yield _about_decision(decision, _("Read and confirm %(code)s", code=decision.code))


def _to_sign(which: str) -> Iterator[Task]:
    for period in queries.releases_to_sign(which):
        about = wording.period(period, i18n.current())
        yield Task(_("Sign the release %(code)s", code=period), about, url_for("track.releases.show", code=period))


def _about_finding(finding: Finding, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(finding.claim), url_for("track.findings.show", code=finding.code))


def _about_decision(decision: Decision, sentence: str) -> Task:
    return Task(sentence, cell_references.shown(decision.title), url_for("track.decisions.show", code=decision.code))
