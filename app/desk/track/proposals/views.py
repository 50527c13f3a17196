"""Pages of proposals."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import principles, queries, reading, states
from app.desk.track.findings import findings
from app.desk.track.findings.models import Finding
from app.desk.track.proposals import answers, proposals
from app.desk.track.proposals.models import SHORTEST_ANSWER, Proposal
from app.desk.track.research import queries as research
from app.desk.track.research.models import Research
from app.publication import initiatives
from app.publication.track import words

pages = Blueprint("proposals", __name__, url_prefix="/track/proposals")


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every proposal the reader may see, with the days it has waited."""
    db.begin_reading()
    page = render_template(
        "desk/track/proposals/index.html",
        proposals=[one for one in queries.proposals(tuple(states.PROPOSAL)) if reading.may_read(session.user(), one)],
    )
    return make_response(page)


@pages.get("/new")
@access("council")
def new() -> Response:
    """An empty form; `finding` is ticked already."""
    db.begin_reading()
    return _form(None, {}, chosen=[request.args.get("finding", "")])


@pages.post("")
@access("council")
def create() -> AnyResponse:
    """A new draft."""
    session.check_form("proposal")
    return _done(proposals.draft(_words(), _grounds(), session.user(), research=_research()), "proposal.draft")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One proposal, what it stands on and what came of it."""
    db.begin_reading()
    return _page(code)


@pages.get("/<code>/edit")
@access("council")
def edit(code: str) -> Response:
    """The form with the draft in it."""
    db.begin_reading()
    found = _found(code)
    written = {name: getattr(found, name) for name in proposals.Words.__dataclass_fields__}
    return _form(found, written, chosen=[one.code for one in found.findings] + [one.code for one in found.research])


@pages.post("/<code>")
@access("council")
def save(code: str) -> AnyResponse:
    """The draft, changed."""
    proposal = _to_change(code, "proposal")
    proposals.edit(proposal, _words(), _grounds(), research=_research())
    return _done(proposal, "proposal.edit")


@pages.post("/<code>/submit")
@access("council")
def submit(code: str) -> AnyResponse:
    """Sent: the clock runs."""
    proposal = _to_change(code, "proposal.submit")
    proposals.submit(proposal, clock.today())
    return _done(proposal, "proposal.submit")


@pages.post("/<code>/withdraw")
@access("council")
def withdraw(code: str) -> AnyResponse:
    """Taken back, with the reason."""
    proposal = _to_change(code, "proposal.withdraw")
    proposals.withdraw(proposal, reading.field("reason"), clock.today())
    return _done(proposal, "proposal.withdraw")


@pages.post("/<code>/evaluate")
@access("council")
def evaluate(code: str) -> AnyResponse:
    """The recipient considers it."""
    proposal = _to_change(code, "proposal.evaluate")
    answers.evaluate(proposal, clock.today())
    return _done(proposal, "proposal.evaluate")


@pages.post("/<code>/answer")
@access("council")
def answer(code: str) -> AnyResponse:
    """What the recipient has answered."""
    proposal = _to_change(code, "proposal.answer")
    given = answers.Answer(
        reading.field("answer"), reading.field("words"), reading.field("answered_by"), reading.day("answered_on")
    )
    answers.record(proposal, given, clock.today())
    return _done(proposal, "proposal.answer")


@pages.post("/<code>/reopen")
@access("council")
def reopen(code: str) -> AnyResponse:
    """Asked once more, with the reason."""
    proposal = _to_change(code, "proposal.reopen")
    answers.reopen(proposal, reading.field("reason"), clock.today())
    return _done(proposal, "proposal.reopen")


@pages.post("/<code>/research")
@access("council")
def cite(code: str) -> AnyResponse:
    """Research laid beside it."""
    proposal = _to_change(code, "proposal.cite")
    proposals.cite(proposal, _research(), clock.today())
    return _done(proposal, "proposal.cite")


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    if "ask" in request.form or code is None:
        chosen = request.form.getlist("finding") + request.form.getlist("research")
        return _form(_found(code) if code else None, request.form, chosen=chosen, refusal=refusal)
    return _page(code, refusal)


def _page(code: str, refusal: Refusal | None = None) -> Response:
    proposal = _found(code)
    page = render_template(
        "desk/track/proposals/proposal.html",
        proposal=proposal,
        findings=[one for one in proposal.findings if one.state in reading.finding_states(session.user())],
        decisions=[one for one in proposal.decisions if one.state in reading.decision_states(session.user())],
        research=[one for one in proposal.research if one.state in reading.research_states(session.user())],
        citable=research.all_in(("published",)),
        is_decided=bool(proposals.decided_by(proposal)),
        is_sent=proposal.state in proposals.SENT,
        moves=states.PROPOSAL[proposal.state],
        initiative=initiatives.names().get(proposal.initiative or ""),
        principle=principles.HEADINGS.get(proposal.principle or 0),
        recipients=words.RECIPIENTS,
        answers=answers.NAMES,
        shortest=SHORTEST_ANSWER,
        today=clock.today(),
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _form(
    proposal: Proposal | None, written: Mapping[str, Any], *, chosen: list[str], refusal: Refusal | None = None
) -> Response:
    page = render_template(
        "desk/track/proposals/proposal_form.html",
        proposal=proposal,
        written=written,
        version=states.next_version(proposal, refusal, reading.version()),
        chosen=chosen,
        findings=queries.findings(findings.SIGNED),
        research=research.all_in(("published",)),
        principles=principles.HEADINGS,
        recipients=words.RECIPIENTS,
        initiatives=initiatives.names(),
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _found(code: str, *, to_change: bool = False) -> Proposal:
    proposal = queries.proposal(reading.number(code, "F"), to_change=to_change)
    if proposal is None or not reading.may_read(session.user(), proposal):
        abort(404)
    return proposal


def _to_change(code: str, form: str) -> Proposal:
    proposal = _found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(proposal, reading.version())
    return proposal


def _grounds() -> list[Finding]:
    found = [queries.finding(reading.number(code, "U")) for code in dict.fromkeys(request.form.getlist("finding"))]
    return [finding for finding in found if finding]


def _research() -> list[Research]:
    found = [research.research(reading.number(code, "R")) for code in dict.fromkeys(request.form.getlist("research"))]
    return [one for one in found if one]


def _words() -> proposals.Words:
    return proposals.Words(
        ask=reading.field("ask"),
        recipient=reading.field("recipient"),
        recipient_name=reading.field("recipient_name"),
        initiative=reading.field("initiative") or None,
        answer_due=reading.day("answer_due"),
        principle=request.form.get("principle", type=numbers.small),
        is_trial="is_trial" in request.form,
    )


def _done(proposal: Proposal, act: str) -> AnyResponse:
    audit.record(act, proposal.code)
    db.db.session.commit()
    return redirect(url_for("track.proposals.show", code=proposal.code), 303)
