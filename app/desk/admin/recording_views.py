"""The sounds of a survey: listening to a prompt, and reading one in."""

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import audit, session
from app.desk.admin import editing_pages, seen
from app.surveys import audio, drafts, prompts, recordings, toml_writer
from app.surveys.questions import Survey

pages = Blueprint("recordings", __name__, url_prefix="/surveys")


@pages.get("/audio/<name>")
@access("admin", "analyst")
def hear(name: str) -> Response:
    """One prompt, as it is played to people."""
    db.begin_reading()
    sound = audio.read(name)
    if sound is None:
        abort(404)
    response = make_response(sound)
    response.content_type = audio.TYPE
    return response


@pages.post("/<survey_id>/edit/recording")
@access("admin")  # what is recorded is heard at once, also in the version that is open
@takes_files
def record(survey_id: str) -> AnyResponse:
    """A person's voice for the words as they are saved, or the stop-gap again."""
    drafts.lock(survey_id)
    survey = drafts.begun(survey_id) or abort(404)
    place, lang = request.form.get("place", ""), request.form.get("lang", "")
    text = dict(prompts.asked(survey)).get(place, {}).get(lang)
    if not text or lang not in toml_writer.LANGUAGES:
        abort(404)
    try:
        session.check_form(editing_pages.FORM)
        seen.check(" ".join(request.form.get("said", "").split()), " ".join(text.split()))
        _change(text, lang)
        audit.record("survey.record", f"{survey_id} {place} {lang}")
    except Refusal as refusal:
        db.db.session.rollback()
        return _page(drafts.begun(survey_id) or survey, place, refusal)
    db.db.session.commit()
    return redirect(_address(survey_id, place), 303)


def _change(text: str, lang: str) -> None:
    if request.form.get("act") == "remove":
        recordings.forget(text, lang)
        return
    file = request.files.get("sound")
    recordings.keep(text, lang, file.read(prompts.MOST_BYTES + 1) if file else b"")


def _page(survey: Survey, place: str, refusal: Refusal) -> Response:
    question = next((one for one in survey.questions if place == f"{one.id}.audio"), None)
    return editing_pages.one_question(survey, question, refusal) if question else editing_pages.words(survey, refusal)


def _address(survey_id: str, place: str) -> str:
    if place == "about_audio":
        return url_for("admin.editing.words", survey_id=survey_id, _anchor="voices")
    question_id = place.removesuffix(".audio")
    return url_for("admin.editing.edit", survey_id=survey_id, question_id=question_id, _anchor="voices")
