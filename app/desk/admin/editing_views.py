"""The pages on which the next version of a survey is changed, a question at a time, with how people will meet it."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.admin import editing, editing_pages, question_form, seen, writing
from app.surveys import drafts, question_types, toml_writer, wordings
from app.surveys.questions import Question, Survey

pages = Blueprint("editing", __name__, url_prefix="/surveys/<survey_id>/edit")
EDITORS = ("admin", "analyst")


@pages.get("")
@access(*EDITORS)
def show(survey_id: str) -> Response:
    """The questions in order, what is wrong with each, and how far each language is."""
    db.begin_reading()
    return editing_pages.questions(_begun(survey_id))


@pages.get("/q/<question_id>")
@access(*EDITORS)
def edit(survey_id: str, question_id: str) -> Response:
    """One question, and beside it how people meet it."""
    db.begin_reading()
    survey = _begun(survey_id)
    return editing_pages.one_question(survey, _question(survey, question_id))


@pages.get("/new/<type_name>")
@access(*EDITORS)
def add(survey_id: str, type_name: str) -> Response:
    """An empty question of this type; nothing is kept before it is saved."""
    db.begin_reading()
    survey = _begun(survey_id)
    if not question_types.is_known(type_name):
        abort(404)
    return editing_pages.one_question(survey, Question(id="", type=type_name, text={}))


@pages.post("/preview")
@access(*EDITORS)
def preview(survey_id: str) -> Response:
    """What is in the form, looked at and not kept."""
    db.begin_reading()
    survey = _begun(survey_id)
    session.check_form(editing_pages.FORM)
    try:
        question_form.check_numbers(request.form)
    except question_form.NoNumber as refusal:
        return editing_pages.one_question(survey, _typed(), refusal)
    return editing_pages.one_question(survey, _typed())


@pages.post("/question")
@access(*EDITORS)
def save(survey_id: str) -> AnyResponse:
    """Keep the question. A refusal leaves the form as it was filled in."""
    survey, typed = _begun(survey_id, to_change=True), _typed()
    try:
        session.check_form(editing_pages.FORM)
        _check(survey, typed)
        drafts.keep(editing.with_question(survey, typed))
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.one_question(_begun(survey_id), typed, refusal)
    db.db.session.commit()
    return redirect(url_for(".edit", survey_id=survey_id, question_id=typed.id, _anchor="preview"), 303)


@pages.post("/q/<question_id>/move")
@access(*EDITORS)
def move(survey_id: str, question_id: str) -> AnyResponse:
    """To another place, from 0."""
    return _changed(survey_id, lambda survey: editing.moved(survey, _question(survey, question_id).id, to=_place()))


@pages.post("/q/<question_id>/remove")
@access(*EDITORS)
def remove(survey_id: str, question_id: str) -> AnyResponse:
    """Ask it no more; pressed twice it is gone once."""
    return _changed(survey_id, lambda survey: editing.without(survey, question_id))


@pages.get("/words")
@access(*EDITORS)
def words(survey_id: str) -> Response:
    """What stands around the questions."""
    db.begin_reading()
    return editing_pages.words(_begun(survey_id))


@pages.post("/words")
@access(*EDITORS)
def save_words(survey_id: str) -> AnyResponse:
    """Keep what stands around the questions."""
    survey, form = _begun(survey_id, to_change=True), request.form
    typed = editing.framed(survey, form, form.getlist("channels"))
    try:
        session.check_form(editing_pages.FORM)
        seen.check(form.get("seen", ""), seen.of_words(survey))
        drafts.keep(editing.checked(typed, survey))
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.words(_begun(survey_id), refusal, typed)
    db.db.session.commit()
    return redirect(url_for(".show", survey_id=survey_id), 303)


@pages.get("/in/<lang>")
@access(*EDITORS)
def language(survey_id: str, lang: str) -> Response:
    """The Danish, and beside it the words of another language."""
    db.begin_reading()
    return editing_pages.language(_begun(survey_id), _other(lang))


@pages.post("/in/<lang>")
@access(*EDITORS)
def save_language(survey_id: str, lang: str) -> AnyResponse:
    """Keep the words of one language, and whether somebody who speaks it has read them."""
    survey, form, other = _begun(survey_id, to_change=True), request.form, _other(lang)
    said = {place: form.get(place, "") for place, _words in wordings.all_words(survey)}
    try:
        session.check_form(editing_pages.FORM)
        seen.check(form.get("seen", ""), seen.of_language(survey, other))
        drafts.keep(editing.translated(survey, other, said, is_read=form.get("is_read") == "yes"))
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.language(_begun(survey_id), other, refusal, said)
    db.db.session.commit()
    return redirect(url_for(".show", survey_id=survey_id, _anchor="languages"), 303)


@pages.post("/discard")
@access("admin")
def discard(survey_id: str) -> AnyResponse:
    """Throw away what was changed since the last version, if it is what was shown."""
    survey = _begun(survey_id, to_change=True)
    try:
        session.check_form(editing_pages.FORM)
        if drafts.get(survey_id):
            seen.check(request.form.get("seen", ""), seen.of_all(survey))
            drafts.discard(survey_id)
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.questions(_begun(survey_id), refusal)
    db.db.session.commit()
    return redirect(url_for("admin.list_surveys", _anchor=survey_id), 303)


@pages.post("/confirm")
@access("admin")
def confirm(survey_id: str) -> Response:
    """What publishing will do, before it is done."""
    db.begin_reading()
    survey = _begun(survey_id)
    session.check_form(editing_pages.FORM)
    if drafts.get(survey_id) is None or editing.faults(survey):
        return editing_pages.questions(survey)
    used_at = writing.used_at(survey_id)
    page = render_template(
        "desk/admin/editing_confirm.html",
        survey=survey,
        used_at=used_at,
        seen=seen.of_all(survey),
        form_id=editing_pages.FORM,
    )
    return make_response(page)


@pages.post("/publish")
@access("admin")
def publish(survey_id: str) -> AnyResponse:
    """What was written becomes a version that never changes."""
    drafts.lock(survey_id)
    try:
        session.check_form(editing_pages.FORM)
        editing.publish(survey_id, request.form.get("seen", ""))
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.questions(_begun(survey_id), refusal)
    db.db.session.commit()
    return redirect(url_for("admin.list_surveys", _anchor=survey_id), 303)


def _begun(survey_id: str, *, to_change: bool = False) -> Survey:
    if to_change:
        drafts.lock(survey_id)
    return drafts.begun(survey_id) or abort(404)


def _place() -> int:
    to = request.form.get("to", type=numbers.whole)
    return abort(400) if to is None else to


def _question(survey: Survey, question_id: str) -> Question:
    return next((one for one in survey.questions if one.id == question_id), None) or abort(404)


def _other(lang: str) -> str:
    return lang if lang in i18n.LANGUAGES and lang not in toml_writer.LANGUAGES else abort(404)


def _typed() -> Question:
    """The question of the form, as far as it is one."""
    known = request.form.get("known", "")
    typed = question_form.question(request.form, known or question_form.new_id(request.form))
    return typed if question_types.is_known(typed.type) else abort(404)


def _check(survey: Survey, typed: Question) -> None:
    """Raise a Refusal for what would be lost if the question were kept."""
    question_form.check_numbers(request.form)
    if not request.form.get("known") and typed.id in {one.id for one in survey.questions}:
        raise editing.CannotKeep(_("There is a question called “%(id)s” already.", id=typed.id))
    seen.check(request.form.get("seen", ""), seen.of_question(survey, typed.id))


def _changed(survey_id: str, change: Callable[[Survey], Survey]) -> AnyResponse:
    survey = _begun(survey_id, to_change=True)
    try:
        session.check_form(editing_pages.FORM)
        drafts.keep(change(survey))
    except Refusal as refusal:
        db.db.session.rollback()
        return editing_pages.questions(_begun(survey_id), refusal)
    db.db.session.commit()
    return redirect(url_for(".show", survey_id=survey_id, _anchor="questions"), 303)
