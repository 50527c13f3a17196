"""The pages on which a survey is written: checked while it is typed, published once it has been confirmed."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import session
from app.desk.admin import places, writing
from app.surveys import plain_language, queries

pages = Blueprint("writing", __name__, url_prefix="/surveys/write")
FORM = "survey.write"


@pages.get("")
@access("admin", "analyst")
def write() -> Response:
    """An empty page, or one that begins from a published version."""
    db.begin_reading()
    survey_id, version = request.args.get("survey"), request.args.get("version", 0, type=numbers.whole)
    begun = writing.beginning(survey_id, version) if survey_id else ""
    if begun is None:
        abort(404)
    return _page(begun)


@pages.post("")
@access("admin", "analyst")
@takes_files
def check() -> Response:
    """What is wrong with the text and what it would cost. Nothing is stored."""
    db.begin_reading()
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _page(_source(), refusal)
    return _page(_source())


@pages.post("/confirm")
@access("admin")
@takes_files
def confirm() -> Response:
    """What publishing will do, before it is done."""
    db.begin_reading()
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _page(_source(), refusal)
    draft = writing.looked_at(_source())
    if draft.survey is None or not draft.may_open:
        return _page(_source())
    page = render_template(
        "desk/admin/writing_confirm.html", draft=draft, survey=draft.survey, used_at=writing.used_at(draft.survey.id)
    )
    return make_response(page)


@pages.post("/publish")
@access("admin")
@takes_files
def publish() -> AnyResponse:
    """The text becomes a version that never changes; a refusal leaves it as it was written."""
    try:
        session.check_form(FORM)
        survey = writing.publish(_source(), request.form.get("version", ""))
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(_source(), refusal)
    db.db.session.commit()
    return redirect(url_for("admin.list_surveys", _anchor=survey.id), 303)


def _source() -> str:
    return request.form.get("source", "").replace("\r\n", "\n")


def _page(source: str, refusal: Refusal | None = None) -> Response:
    return hypermedia.render(
        "desk/admin/writing.html",
        "desk/admin/_writing_swap.html",
        422 if refusal else 200,
        draft=writing.looked_at(source) if source.strip() else None,
        source=source,
        refusal=refusal and _(str(refusal)),
        form_id=FORM,
        highest_lix=plain_language.HIGHEST_LIX,
        channels=places.CHANNELS,
        versions=queries.survey_versions(),
        may_publish=session.user().role == "admin",
    )
