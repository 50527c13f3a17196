"""Pages for entering paper forms: the batches of a survey, one batch, one sheet a screen."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.paper import accepting, batches, check_views, entry, forms, queries, reading, sheets
from app.desk.paper.entry import Entered
from app.desk.paper.models import PaperBatch

pages = Blueprint("paper", __name__, url_prefix="/desk/surveys/<survey_id>/entry")
pages.register_blueprint(check_views.pages)
FORM = reading.FORM


@pages.get("")
@access(*reading.READERS)
def index(survey_id: str) -> Response:
    """What is under way, what must be shredded, and a form to begin with."""
    db.begin_reading()
    return _index(survey_id)


@pages.post("")
@access(*reading.READERS)
def begin(survey_id: str) -> AnyResponse:
    """A new batch, then its first sheet."""
    wanted = batches.Wanted(**{name: request.form.get(name, "") for name in ("version", "site_code", "week", "label")})
    try:
        session.check_form(FORM)
        batch = batches.begin(survey_id, wanted, session.user(), clock.today())
    except Refusal as refusal:
        reading.look_again()
        return _index(survey_id, refusal)
    db.db.session.commit()
    return redirect(reading.address("paper.sheet", batch, place=1), 303)


@pages.get("/<batch_id>")
@access(*reading.READERS)
def show(survey_id: str, batch_id: str) -> Response:
    """Where a batch stands, and what comes next."""
    db.begin_reading()
    return _batch_page(reading.batch(survey_id, batch_id))


@pages.post("/<batch_id>/<any(take, finish, delete, shred):act>")
@access(*reading.READERS)
def change(survey_id: str, batch_id: str, act: str) -> AnyResponse:
    """A step of the whole batch."""
    try:
        session.check_form(FORM)
        batch = reading.batch(survey_id, batch_id, to_change=True)
        _step(batch, act)
    except Refusal as refusal:
        reading.look_again()
        return _batch_page(reading.batch(survey_id, batch_id), refusal)
    db.db.session.commit()
    if act == "delete":
        return redirect(url_for("paper.index", survey_id=survey_id), 303)
    return redirect(reading.address("paper.show", batch), 303)


@pages.get("/<batch_id>/sheets/<int:place>")
@access(*reading.READERS)
def sheet(survey_id: str, batch_id: str, place: int) -> Response:
    """One sheet to key, or one to correct; only for who has the pile in hand."""
    db.begin_reading()
    batch = reading.batch(survey_id, batch_id)
    try:
        batches.check_holder(batch, session.user(), "keying")
    except Refusal as refusal:
        return _batch_page(batch, refusal)
    survey, known = batches.survey_of(batch), queries.sheet(batch.id, place)
    if known is None and place != batches.next_place(queries.places(batch.id)):
        abort(404)
    if known is None:
        return _sheet_page(batch, place, entry.empty(request.args.get("in", "")))
    keyed = sheets.unseal(known.first, known.month, known.id, "first")
    return _sheet_page(batch, place, entry.typed(keyed, survey), seen=batches.mark(known.first))


@pages.post("/<batch_id>/sheets/<int:place>")
@access(*reading.READERS)
def save_sheet(survey_id: str, batch_id: str, place: int) -> AnyResponse:
    """Keep a sheet sealed, then the next one."""
    batch = reading.batch(survey_id, batch_id, to_change=True)
    entered = entry.read(request.form, batches.survey_of(batch))
    seen = request.form.get("seen", "")
    try:
        session.check_form(FORM)
        if entered.sheet is None:
            reading.look_again()
            return _sheet_page(batch, place, entered.typed, entered=entered, seen=seen, status=422)
        batches.save(batch, session.user(), place, entered.sheet, seen=seen)
    except Refusal as refusal:
        reading.look_again()
        return _sheet_page(batch, place, entered.typed, refusal=refusal, seen=seen, status=reading.status(refusal))
    following = batches.next_place(queries.places(batch.id))
    db.db.session.commit()
    lang = entered.sheet.about(sheets.LANG)
    return redirect(reading.address("paper.sheet", batch, place=following, **{"in": lang}), 303)


@pages.post("/<batch_id>/sheets/<int:place>/out")
@access(*reading.READERS)
def take_out(survey_id: str, batch_id: str, place: int) -> AnyResponse:
    """A sheet that was keyed by mistake is forgotten."""
    try:
        session.check_form(FORM)
        batch = reading.batch(survey_id, batch_id, to_change=True)
        batches.take_out(batch, session.user(), place)
    except Refusal as refusal:
        reading.look_again()
        return _batch_page(reading.batch(survey_id, batch_id), refusal)
    db.db.session.commit()
    return redirect(reading.address("paper.show", batch), 303)


def _step(batch: PaperBatch, act: str) -> None:
    me = session.user()
    if act == "take":
        batches.take(batch, me)
    elif act == "finish":
        batches.finish(batch, me)
    elif act == "delete":
        batches.delete(batch)
    else:
        accepting.shredded(batch, clock.today())


def _index(survey_id: str, refusal: Refusal | None = None) -> Response:
    versions, me = batches.versions_on_paper(survey_id), session.user()
    if not versions:
        abort(404)
    listed = queries.batches(survey_id, me)
    page = render_template(
        "desk/paper/index.html",
        survey=versions[0],
        versions=versions,
        sites=batches.sites_for(me),
        weeks=batches.weeks_to_choose(clock.today()),
        listed=listed,
        counts=queries.counts(batch.id for batch in listed),
        wanted=request.form,
        refusal=refusal and _(str(refusal)),
        **reading.names(),
    )
    return make_response(page, 422 if refusal else 200)


def _batch_page(batch: PaperBatch, refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/paper/batch.html", refusal=refusal and _(str(refusal)), **reading.of_batch(batch, session.user())
    )
    return make_response(page, reading.status(refusal) if refusal else 200)


def _sheet_page(
    batch: PaperBatch, place: int, typed: Mapping[str, str], *,
    entered: Entered | None = None, refusal: Refusal | None = None, seen: str = "", status: int = 200,
) -> Response:  # fmt: skip
    survey, faults = batches.survey_of(batch), entered.faults if entered else ()
    places = queries.places(batch.id)
    context: dict[str, Any] = {
        "place": place,
        "fields": forms.fields(survey, typed, faults),
        "faults": faults,
        "refusal": refusal and _(str(refusal)),
        "seen": seen,
        "is_known": place in places,
        "before": max((one for one in places if one < place), default=None),
    }
    page = render_template("desk/paper/sheet.html", **reading.of_batch(batch, session.user()), **context)
    return make_response(page, status)
