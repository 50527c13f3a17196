"""Pages of decisions."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import queries, reading, states
from app.desk.track.decisions import decisions, forms, weighing
from app.desk.track.decisions.models import SHORTEST_REASON, Decision
from app.desk.track.proposals.proposals import SENT

pages = Blueprint("decisions", __name__, url_prefix="/track/decisions")
SECONDS = ("council", "moderator")
"""Who may confirm: a council with one member at the desk still needs a second person."""


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every decision the reader may see."""
    db.begin_reading()
    page = render_template(
        "desk/track/decisions/index.html",
        decisions=queries.decisions(reading.decision_states(session.user())),
        outcomes=decisions.OUTCOME_NAMES,
    )
    return make_response(page)


@pages.get("/new")
@access("council")
def new() -> Response:
    """An empty form of a phase; `proposal` is ticked already. Without a phase: which one is it about?"""
    db.begin_reading()
    start = {
        "decided_on": clock.today(),
        "decided_by": _("The Council for Socially Marginalised People"),
        "phase_key": request.args.get("phase", ""),
        "corrects": request.args.get("corrects", ""),
    }
    return _form(None, start, answers=[request.args.get("proposal", "")])


@pages.post("")
@access("council")
def create() -> AnyResponse:
    """A new decision, waiting for the second person."""
    session.check_form("decision")
    decision = decisions.enter(forms.words(), forms.proposals(), session.user(), clock.today(), lists=forms.lists())
    return _done(decision, "decision.enter")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One decision and its reason."""
    db.begin_reading()
    return _page(code)


@pages.get("/<code>/edit")
@access("council")
def edit(code: str) -> Response:
    """The form with the decision in it."""
    db.begin_reading()
    found = _found(code)
    return _form(found, forms.written(found), answers=[proposal.code for proposal in found.proposals])


@pages.post("/<code>")
@access("council")
def save(code: str) -> AnyResponse:
    """The decision, changed before it is confirmed."""
    decision = _to_change(code, "decision")
    decisions.edit(decision, forms.words(), forms.proposals(), session.user(), clock.today(), lists=forms.lists())
    return _done(decision, "decision.edit")


@pages.post("/<code>/confirm")
@access(*SECONDS)
def confirm(code: str) -> AnyResponse:
    """The second person confirms."""
    decision = _to_change(code, "decision.confirm")
    decisions.confirm(decision, session.user(), clock.today())
    return _done(decision, "decision.confirm")


@pages.post("/<code>/drop")
@access("council")
def drop(code: str) -> AnyResponse:
    """It was entered by mistake."""
    decision = _to_change(code, "decision.drop")
    decisions.drop(decision, reading.field("reason"))
    return _done(decision, "decision.drop")


@pages.post("/<code>/publish")
@access("council")
def publish(code: str) -> AnyResponse:
    """Told back in public."""
    decision = _to_change(code, "decision.publish")
    decisions.publish(decision, clock.today())
    return _done(decision, "decision.publish")


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    if "title" in request.form or code is None:
        answers = request.form.getlist("proposal")
        return _form(_found(code) if code else None, request.form, answers=answers, refusal=refusal)
    return _page(code, refusal)


def _page(code: str, refusal: Refusal | None = None) -> Response:
    decision = _found(code)
    page = render_template(
        "desk/track/decisions/decision.html",
        decision=decision,
        proposals=[one for one in decision.proposals if one.state in reading.proposal_states(session.user())],
        phase_name=forms.name(decision.phase) if decision.phase else "",
        titles={one.code: one.says for one in weighing.items(decision.phase_key or "")},
        outcomes=decisions.OUTCOME_NAMES,
        seconds=SECONDS,
        has_written=session.user() in decision.writers,
        missing=weighing.missing(decision) if decision.state == "pending" else "",
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _form(
    decision: Decision | None, written: Mapping[str, Any], *, answers: list[str], refusal: Refusal | None = None
) -> Response:
    phase = forms.phase(written.get("phase_key", ""))
    if phase is None:
        page = render_template(
            "desk/track/decisions/which_phase.html", phases=[(one, forms.name(one)) for one in forms.possible()]
        )
        return make_response(page, 422 if refusal else 200)
    page = render_template(
        "desk/track/decisions/decision_form.html",
        decision=decision,
        phase=phase,
        phase_name=forms.name(phase),
        choices=forms.choices(phase.key, written),
        written=written,
        version=states.next_version(decision, refusal, reading.version()),
        answers=answers,
        proposals=queries.proposals(SENT),
        outcomes=decisions.OUTCOME_NAMES,
        shortest=SHORTEST_REASON,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _found(code: str, *, to_change: bool = False) -> Decision:
    decision = queries.decision(reading.number(code, "B"), to_change=to_change)
    if decision is None or decision.state not in reading.decision_states(session.user()):
        abort(404)
    return decision


def _to_change(code: str, form: str) -> Decision:
    decision = _found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(decision, reading.version())
    return decision


def _done(decision: Decision, act: str) -> AnyResponse:
    audit.record(act, decision.code)
    db.db.session.commit()
    return redirect(url_for("track.decisions.show", code=decision.code), 303)
