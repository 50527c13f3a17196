"""Pages of actions."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import queries as track
from app.desk.track import reading, states
from app.desk.track.actions import actions, ending, evidence, in_public, queries, told_back
from app.desk.track.actions.models import LONGEST_LINE, LONGEST_TITLE, Action
from app.desk.track.telling.tasks import TELLERS
from app.publication.track import words
from app.surveys import queries as surveys

pages = Blueprint("actions", __name__, url_prefix="/track/actions")


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every action, what is due first above; those who work at a place see its own before the others."""
    db.begin_reading()
    reader, found = session.user(), queries.all_in(states.ACTION)
    own = [one for one in found if reader.site_code and one.site_code == reader.site_code]
    page = render_template(
        "desk/track/actions/index.html",
        running=[one for one in found if one.state in actions.RUNNING and one not in own],
        ended=[one for one in found if one.state not in actions.RUNNING and one not in own],
        own=own,
        today=clock.today(),
        late=in_public.late_since,
    )
    return make_response(page)


@pages.get("/new")
@access("council")
def new() -> Response:
    """An empty form; what it carries out is chosen already."""
    db.begin_reading()
    ground = request.args.get("decision") or request.args.get("proposal") or ""
    return _form(None, {"ground": ground})


@pages.post("")
@access("council")
def create() -> AnyResponse:
    """A new action, public from today."""
    session.check_form("action")
    return _done(actions.plan(_words(), _ground(), clock.today()), "action.plan")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One action: how far it is, what shows it, and how it is told back."""
    db.begin_reading()
    return _page(code)


@pages.get("/<code>/edit")
@access("council")
def edit(code: str) -> Response:
    """The form with what is planned."""
    db.begin_reading()
    found = _found(code)
    written = {name: getattr(found, name) for name in actions.Words.__dataclass_fields__}
    ground = found.decision or found.proposal
    return _form(found, {**written, "ground": ground.code if ground else ""})


@pages.post("/<code>")
@access("council")
def save(code: str) -> AnyResponse:
    """What is planned, changed."""
    return _step(code, "action", lambda one: actions.edit(one, _words(), _ground(), clock.today()), "action.edit")


@pages.post("/<code>/start")
@access("council")
def start(code: str) -> AnyResponse:
    """Begun, or begun again."""
    return _step(code, "action.start", lambda one: actions.start(one, clock.today()))


@pages.post("/<code>/pause")
@access("council")
def pause(code: str) -> AnyResponse:
    """Held for a while."""
    return _step(code, "action.pause", lambda one: actions.pause(one, clock.today()))


@pages.post("/<code>/progress")
@access("council")
def progress(code: str) -> AnyResponse:
    """How far it is."""
    per_cent, result = request.form.get("progress", -1, type=numbers.whole), reading.field("result")
    return _step(
        code,
        "action.progress",
        lambda one: actions.set_progress(one, per_cent, session.user(), clock.today(), result=result),
    )


@pages.post("/<code>/milestones")
@access("council")
def add_milestone(code: str) -> AnyResponse:
    """One more step on the way."""
    return _step(code, "action.milestone", lambda one: actions.add_milestone(one, reading.field("text"), clock.today()))


@pages.post("/<code>/milestones/<int:number>")
@access("council")
def reach(code: str, number: int) -> AnyResponse:
    """A step is reached."""
    return _step(code, "action.reach", lambda one: actions.reach(one, number, clock.today()))


@pages.post("/<code>/evidence")
@access("council", "staff")
def give_evidence(code: str) -> AnyResponse:
    """What shows it, from the council or from those who work at the place."""
    if not evidence.may_give(session.user(), found := _found(code)) and found.state in actions.RUNNING:
        abort(403)
    shows, link = reading.field("shows"), reading.field("link")
    return _step(code, "action.evidence", lambda one: evidence.give(one, shows, link, session.user(), clock.today()))


@pages.post("/<code>/evidence/<int:number>")
@access("council")
def let_out(code: str, number: int) -> AnyResponse:
    """Everybody may read what the place has written."""
    return _step(code, "action.let_out", lambda one: evidence.let_out(one, number, session.user(), clock.today()))


@pages.post("/<code>/seen")
@access(*ending.SECONDS)
def see_done(code: str) -> AnyResponse:
    """A second person has seen it."""
    return _step(code, "action.seen", lambda one: ending.see_done(one, session.user(), clock.today()))


@pages.post("/<code>/drop")
@access("council")
def drop(code: str) -> AnyResponse:
    """It will not be done, with the reason."""
    reason, result = reading.field("reason"), reading.field("result")
    return _step(code, "action.drop", lambda one: ending.drop(one, reason, clock.today(), result=result))


@pages.post("/<code>/reopen")
@access("council")
def reopen(code: str) -> AnyResponse:
    """Not done after all, with the reason."""
    reason = reading.field("reason")
    return _step(code, "action.reopen", lambda one: ending.reopen(one, reason, clock.today()))


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    if "title" in request.form or code is None:
        return _form(_found(code) if code else None, request.form, refusal)
    return _page(code, refusal)


def _page(code: str, refusal: Refusal | None = None) -> Response:
    reader, found, today = session.user(), _found(code), clock.today()
    page = render_template(
        "desk/track/actions/action.html",
        action=found,
        findings=[one for one in dict.fromkeys(in_public.findings(found)) if one.state == "published"],
        shown_evidence=evidence.shown(found),
        may_give=evidence.may_give(reader, found),
        may_see_all=reader.role in ending.SECONDS or evidence.may_give(reader, found),
        waits_for_second=found.state == "started" and found.progress == 100,
        seconds=ending.SECONDS,
        tellers=TELLERS,
        told_back=told_back.stands(found, today),
        is_untold=told_back.is_late(found, today),
        late=in_public.late_since(found, today),
        longest=LONGEST_LINE,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _form(found: Action | None, written: Mapping[str, Any], refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/track/actions/action_form.html",
        action=found,
        written=written,
        version=states.next_version(found, refusal, reading.version()),
        decisions=queries.decisions(),
        proposals=queries.proposals(),
        owner_kinds=words.RECIPIENTS,
        places=surveys.sites(),
        longest=LONGEST_TITLE,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _found(code: str, *, to_change: bool = False) -> Action:
    found = queries.action(reading.number(code, "A"), to_change=to_change)
    if found is None:
        abort(404)
    return found


def _step(code: str, form: str, step: Callable[[Action], None], act: str = "") -> AnyResponse:
    action = _found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(action, reading.version())
    step(action)
    return _done(action, act or form)


def _ground() -> actions.Ground:
    code = reading.field("ground")
    if code.startswith("B"):
        return actions.Ground(decision=track.decision(reading.number(code, "B")))
    return actions.Ground(proposal=track.proposal(reading.number(code, "F"))) if code else actions.Ground()


def _words() -> actions.Words:
    return actions.Words(
        title=reading.field("title"),
        owner=reading.field("owner"),
        owner_kind=reading.field("owner_kind"),
        site_code=reading.field("site_code") or None,
        due=reading.day("due"),
        is_trial="is_trial" in request.form,
    )


def _done(action: Action, act: str) -> AnyResponse:
    audit.record(act, action.code)
    db.db.session.commit()
    return redirect(url_for("track.actions.show", code=action.code), 303)
