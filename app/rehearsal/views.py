"""The simulator: some telephones beside what was stored. Nothing here touches what people said."""

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, hypermedia
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.privacy import rehearsals
from app.rehearsal import acts, recorder, sandbox, scene, stage
from app.rehearsal.sandbox import CreateApp, NoSuchRehearsal
from app.rehearsal.scene import Scene
from app.rehearsal.wordings import Wordings
from app.surveys import queries as surveys
from app.surveys import questions, sites, versions
from app.surveys.questions import Survey

pages = Blueprint("rehearsal", __name__, url_prefix="/desk/simulator")
FORM = "simulator"
WHO = ("moderator", "admin")


@pages.get("")
@access(*WHO)
def choose() -> Response:
    """Which place, and which of the surveys that may be asked by text."""
    db.begin_reading()
    return _chooser()


@pages.post("")
@access(*WHO)
def begin() -> AnyResponse:
    """A new rehearsal; the oldest ones make room."""
    db.begin_reading()
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _chooser(refusal)
    place, survey_id = sites.by_code(request.form.get("place", "")), request.form.get("survey", "")
    if place is None or (survey_id and survey_id not in {survey.id for survey in _asked_by_text()}):
        abort(404)
    rehearsals.forget(clock.now())
    sandbox.make_room()
    folder = sandbox.begin(
        _create_app(),
        stage.of_house(place.code, survey_id or None),
        owner=_me(),
        place=place.code,
        within=rehearsals.folder(),
    )
    return redirect(url_for("rehearsal.show", rehearsal_id=folder.name), 303)


@pages.get("/<rehearsal_id>")
@access(*WHO)
def show(rehearsal_id: str) -> Response:
    """The telephones, and what was stored."""
    try:
        with sandbox.opened(_create_app(), sandbox.find(rehearsal_id, _me())) as rehearsal:
            found = scene.look(rehearsal)
    except NoSuchRehearsal:
        abort(404)
    return _page(found, phone=request.args.get("phone", "A"))


@pages.post("/<rehearsal_id>/<any(say, again, phone, hours, day, tasks):act>")
@access(*WHO)
def act(rehearsal_id: str, act: str) -> AnyResponse:
    """One of the buttons; a text that cannot be sent stays in its field."""
    form, refused = request.form, _refused()
    try:
        with sandbox.opened(_create_app(), sandbox.find(rehearsal_id, _me())) as rehearsal:
            if refused is None:
                refused = _done(act, rehearsal)
            found = scene.look(rehearsal)
    except NoSuchRehearsal:
        abort(404)
    phone = found.telephones[-1].name if act == "phone" else form.get("phone", "A")
    if refused:
        return _page(found, phone=phone, problem=str(refused), kept=form.get("text", ""), status=422)
    return redirect(url_for("rehearsal.show", rehearsal_id=rehearsal_id, phone=phone), 303)


@pages.get("/<rehearsal_id>/script")
@access(*WHO)
def script(rehearsal_id: str) -> Response:
    """The rehearsal as a script that plays again."""
    try:
        with sandbox.opened(_create_app(), sandbox.find(rehearsal_id, _me())) as rehearsal:
            text = recorder.write(rehearsal.phones.acts, Wordings.of_places(), remark=rehearsal.place)
    except NoSuchRehearsal:
        abort(404)
    response = Response(text, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{rehearsal.place}.txt"'
    return response


def _done(name: str, rehearsal: sandbox.Rehearsal) -> Refusal | None:
    try:
        acts.do(name, rehearsal, request.form)
    except acts.NotRehearsed as refusal:
        return refusal
    return None


def _refused() -> Refusal | None:
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return refusal
    return None


def _page(found: Scene, *, phone: str, problem: str = "", kept: str = "", status: int = 200) -> Response:
    return hypermedia.render(
        "desk/simulator/rehearsal.html",
        "desk/simulator/_rehearsal_swap.html",
        status,
        scene=found,
        phone=phone,
        problem=problem,
        kept=kept,
        form_id=FORM,
    )


def _chooser(refusal: Refusal | None = None) -> Response:
    return hypermedia.render(
        "desk/simulator/choose.html",
        "desk/simulator/choose.html",
        422 if refusal else 200,
        places=surveys.sites(),
        surveys=_asked_by_text(),
        in_language=questions.in_language,
        refusal=refusal and str(refusal),
        form_id=FORM,
    )


def _asked_by_text() -> list[Survey]:
    """The open surveys that may be asked by text, newest versions only."""
    ids = dict.fromkeys(row.survey_id for row in surveys.survey_versions())
    return [found for id_ in ids if (found := versions.open_one(id_)) and "sms" in found.channels]


def _me() -> str:
    return session.user().id.hex()


def _create_app() -> CreateApp:
    """How the application is put together, as app/__init__ leaves it here: knowing it would close a circle."""
    create_app: CreateApp = current_app.extensions["create_app"]
    return create_app
