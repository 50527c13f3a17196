"""Pages of phases: the days that were promised, the gate, what was decided, and the dossier."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import reading, states
from app.desk.track.decisions import decisions
from app.desk.track.decisions import queries as decided
from app.desk.track.dossiers import dossiers as freezing
from app.desk.track.dossiers import queries as dossiers
from app.desk.track.gates import gate, in_public, passing
from app.desk.track.phases import dates, lateness, phases, queries, steps
from app.desk.track.phases.models import DATES, SHORTEST_REASON, Phase

pages = Blueprint("phases", __name__, url_prefix="/track/phases")
EXPLAINERS = ("council", "moderator")
"""Who may write why a point is not met, and let a dossier out."""


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every phase, with its days and what is late."""
    db.begin_reading()
    today = clock.today()
    found = [(one, phases.name(one, i18n.current()), lateness.sentences(one, today)) for one in queries.phases()]
    return make_response(render_template("desk/track/phases/index.html", phases=found))


@pages.get("/<key>")
@access(*reading.READERS)
def show(key: str) -> Response:
    """One phase."""
    db.begin_reading()
    return _page(key)


@pages.post("/<key>")
@access("council")
def promise(key: str) -> AnyResponse:
    """Set its days, or move them with a reason."""
    phase = _to_change(key, "phase")
    days = {name: reading.day(name) for name in DATES if name in request.form}
    dates.promise(phase, days, reading.field("because"), clock.today())
    return _done(phase, "phase.dates")


@pages.post("/<key>/open")
@access("council")
def open_(key: str) -> AnyResponse:
    """We listen from today."""
    phase = _to_change(key, "phase.open")
    steps.open_(phase, clock.today())
    return _done(phase, "phase.open")


@pages.post("/<key>/close")
@access("council")
def close(key: str) -> AnyResponse:
    """The listening has ended."""
    phase = _to_change(key, "phase.close")
    steps.close(phase, clock.today())
    return _done(phase, "phase.close")


@pages.post("/<key>/cancel")
@access("council")
def cancel(key: str) -> AnyResponse:
    """Not carried through, with a public reason."""
    phase = _to_change(key, "phase.cancel")
    steps.cancel(phase, reading.field("reason"))
    return _done(phase, "phase.cancel")


@pages.post("/<key>/gate/<int:point>")
@access(*EXPLAINERS)
def explain(key: str, point: int) -> AnyResponse:
    """Why a point is not met."""
    phase = _to_change(key, "phase.gate")
    gate.give_reason(phase, point, reading.field("because"), session.user())
    return _done(phase, "phase.gate")


@pages.post("/<key>/decide")
@access("council")
def decide(key: str) -> AnyResponse:
    """The gate is passed."""
    phase = _to_change(key, "phase.decide")
    passing.decide(phase, clock.today())
    return _done(phase, "phase.decide")


@pages.post("/<key>/result")
@access("council")
def publish_result(key: str) -> AnyResponse:
    """The result is told."""
    phase = _to_change(key, "phase.result")
    passing.publish_result(phase, clock.today())
    return _done(phase, "phase.result")


@pages.post("/<key>/dossier")
@access("council")
def freeze(key: str) -> AnyResponse:
    """Freeze everything the decision stood on. The files are made first, and nobody waits for that."""
    _found(key)  # first, so that a key nobody knows is not found, whatever the form
    session.check_form("phase.dossier")
    ready = freezing.prepare(key, clock.today())
    phase = _found(key, to_change=True)
    freezing.freeze(ready, phase, session.user(), clock.today())
    return _done(phase, "dossier.freeze")


@pages.post("/<key>/dossiers/<int:number>/publish")
@access(*EXPLAINERS)
def publish(key: str, number: int) -> AnyResponse:
    """Let everybody read it."""
    dossier = dossiers.dossier(number, to_change=True)
    if dossier is None or dossier.phase_key != key:
        abort(404)
    session.check_form("dossier.publish")
    freezing.publish(dossier, session.user(), clock.today())
    return _done(_found(key), "dossier.publish")


@pages.get("/<key>/dossiers/<int:number>.zip")
@access(*reading.WORKERS)
def download(key: str, number: int) -> Response:
    """The packed files, public or not yet."""
    db.begin_reading()
    dossier = dossiers.dossier(number)
    if dossier is None or dossier.phase_key != key:
        abort(404)
    response = make_response(dossier.archive)
    response.content_type = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="dossier-{key}-{number}.zip"'
    return response


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page of the phase."""
    db.db.session.rollback()
    db.begin_reading()
    return _page((request.view_args or {}).get("key", ""), refusal)


def _page(key: str, refusal: Refusal | None = None) -> Response:
    phase, reader, today = _found(key), session.user(), clock.today()
    seen = reading.decision_states(reader)
    page = render_template(
        "desk/track/phases/phase.html",
        phase=phase,
        name=phases.name(phase, i18n.current()),
        purpose=phase.purpose_da if i18n.current() in ("da", "kl") else phase.purpose_en,
        late=lateness.sentences(phase, today),
        moved=queries.moved_dates(key),
        date_names=dates.NAMES,
        movable=dates.MOVABLE.get(phase.state, ()),
        stood=gate.stands(phase, today) if phase.gate_stood is None and reader.role in reading.WORKERS else [],
        kept=phase.gate_stood or [],
        point_names=gate.NAMES,
        role_names=gate.ROLE_NAMES,
        shortest=SHORTEST_REASON,
        decisions=[one for one in decided.at_gate(key) if one.state in seen],
        outcomes=decisions.OUTCOME_NAMES,
        dossiers=[one for one in dossiers.of_phase(key) if reader.role in reading.WORKERS or one.published_on],
        can_freeze=phase.state in freezing.DECIDED,
        explainers=EXPLAINERS,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _found(key: str, *, to_change: bool = False) -> Phase:
    phase = queries.phase(key, to_change=to_change)
    if phase is None:
        abort(404)
    return phase


def _to_change(key: str, form: str) -> Phase:
    phase = _found(key, to_change=True)
    session.check_form(form)
    states.same_version(phase, reading.version())
    return phase


def _done(phase: Phase, act: str) -> AnyResponse:
    in_public.show(phase, clock.today())
    audit.record(act, phase.key)
    db.db.session.commit()
    return redirect(url_for("track.phases.show", key=phase.key), 303)
