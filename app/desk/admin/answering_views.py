"""The page about how people answered a survey by text message."""

from flask import Blueprint, Response, abort, make_response, render_template

from app.core import clock, db, i18n
from app.core.access import access
from app.desk.admin import answering
from app.publication.case import Rules
from app.surveys import questions, versions

pages = Blueprint("answering", __name__, url_prefix="/surveys")


@pages.get("/<survey_id>/<int:version>/answering")
@access(*answering.READERS)
def show(survey_id: str, version: int) -> Response:
    """Every quarter of one version that is over."""
    db.begin_reading()
    survey = versions.get(survey_id, version)
    if survey is None:
        abort(404)
    lang = i18n.current()
    page = render_template(
        "desk/admin/answering.html",
        survey=survey,
        quarters=answering.pages(survey, lang),
        next_figures=answering.next_figures(clock.today(), lang),
        in_language=questions.in_language,
        meanings=answering.MEANINGS,
        rules=Rules(),
    )
    return make_response(page)
