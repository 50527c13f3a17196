"""A survey as a form for Kobo, ODK and their like."""

from flask import Blueprint, Response, abort, make_response, render_template, request

from app.core import db, workbooks
from app.core.access import access
from app.core.errors import Refusal
from app.desk.moderation.exchange import reasons
from app.desk.track.exchange import form_files
from app.desk.track.exporting import outgoing
from app.desk.track.exporting.outgoing import READERS
from app.surveys import queries, versions
from app.surveys.questions import Survey

pages = Blueprint("forms", __name__, url_prefix="/forms")
FORM = "export.form"


@pages.get("")
@access(*READERS)
def choose() -> Response:
    """Every survey that was ever published, its newest version."""
    db.begin_reading()
    return _page(None)


@pages.post("/<survey_id>.<any(xlsx, zip):kind>")
@access(*READERS)
def export(survey_id: str, kind: str) -> Response:
    """The workbook, alone or with its pictures and sounds."""
    survey = _newest(survey_id)
    try:
        detail = f"{survey.id} v{survey.version}: {outgoing.reason(FORM)}"
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(refusal)
    if kind == "zip":
        response = outgoing.sent_packed(form_files.with_media(survey), f"{survey.id}.zip", act=FORM, detail=detail)
    else:
        content, mimetype = form_files.workbook(survey), workbooks.MIMETYPE
        response = outgoing.sent(content, mimetype, f"{survey.id}.xlsx", act=FORM, detail=detail)
    db.db.session.commit()
    return response


def _newest(survey_id: str) -> Survey:
    latest = queries.latest_version(survey_id)
    survey = versions.get(survey_id, latest.version) if latest else None
    return survey if survey is not None else abort(404)


def _page(refusal: Refusal | None) -> Response:
    ids = dict.fromkeys(one.survey_id for one in queries.survey_versions())
    page = render_template(
        "desk/track/exporting/forms.html",
        refusal=refusal and str(refusal),
        surveys=[_newest(survey_id) for survey_id in ids],
        reason=request.form.get("reason", ""),
        shortest=reasons.SHORTEST,
        longest=reasons.LONGEST,
        form_id=FORM,
    )
    return make_response(page, 422 if refusal else 200)
