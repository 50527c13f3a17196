"""What each page of the survey editor shows."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from app.core import hypermedia, i18n
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import session
from app.desk.admin import editing, places, previews, question_form, seen
from app.surveys import audio, drafts, lint, pictures, plain_language, question_types, toml_writer, word_lint, wordings
from app.surveys.audio import Prompt
from app.surveys.questions import Question, Survey, Words

FORM = "survey.edit"
TYPES = {
    "smiley_5": N_("Five faces"),
    "smiley_3": N_("Three faces"),
    "yes_no": N_("Yes or no"),
    "choice": N_("One of some words"),
    "picture": N_("One of some pictures"),
    "pick": N_("A few of some answers"),
    "rank": N_("The most important first"),
    "scale": N_("A scale from 0 to 10"),
    "number": N_("A number"),
    "place": N_("A place in the house"),
    "text": N_("Own words"),
    "note": N_("What a helper writes down"),
}


def questions(survey: Survey, refusal: Refusal | None = None) -> Response:
    """The questions in order, with the faults of each."""
    found = editing.faults(survey)
    ids = {question.id for question in survey.questions}
    page = render_template(
        "desk/admin/editing.html",
        survey=survey,
        by_question={one: editing.about(one, found) for one in ids},
        others=[fault for fault in found if fault.where.partition(".")[0] not in ids],
        faults=found,
        lix=round(word_lint.lix(survey)),
        languages=lint.languages(survey),
        is_changed=drafts.get(survey.id) is not None,
        seen=seen.of_all(survey),
        **_shared(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def one_question(survey: Survey, question: Question, refusal: Refusal | None = None) -> Response:
    """One question as a form; while somebody types, only how people meet it."""
    lang = request.form.get("shown", "da")
    saved = _asked(survey, question)
    tried, refused = survey, refusal
    try:
        tried = editing.with_question(survey, question) if question.id else survey
    except Refusal as why:
        refused = refusal or why
        tried = _laid_in(survey, question)
    is_sound = refused is None and question.id
    return hypermedia.render(
        "desk/admin/editing_question.html",
        "desk/admin/_editing_preview.html",
        422 if refusal else 200,
        survey=survey,
        question=question,
        is_new=question.id not in {one.id for one in survey.questions},
        rows=question_form.rows(question),
        shape=question_types.by_name(question.type).shape,
        earlier=[one for one in survey.questions if one.id != question.id and one.options],
        picture_names=sorted(pictures.names()),
        preview=previews.of(tried, _asked(tried, question), lang if lang in i18n.LANGUAGES else "da"),
        faults=editing.about(question.id, editing.faults(tried)) if is_sound else [],
        why_not=refused and str(refused),
        lix=round(word_lint.lix(tried)),
        langs=toml_writer.LANGUAGES,
        saved=saved,
        seen=_seen(seen.of_question(survey, question.id), refusal),
        prompts=_prompts(saved.audio),
        **_shared(refusal),
    )


def _asked(survey: Survey, question: Question) -> Question:
    """The question as the survey has it, with its other languages; as it was typed where it is not in it."""
    return next((one for one in survey.questions if one.id == question.id), question)


def _laid_in(survey: Survey, question: Question) -> Survey:
    """Only to be drawn: it could not be kept."""
    questions = tuple(question if one.id == question.id else one for one in survey.questions)
    return replace(survey, questions=questions)


def words(survey: Survey, refusal: Refusal | None = None, typed: Survey | None = None) -> Response:
    """What stands around the questions; as it was typed where it could not be kept."""
    page = render_template(
        "desk/admin/editing_words.html",
        survey=typed or survey,
        saved=survey,
        seen=_seen(seen.of_words(survey), refusal),
        langs=toml_writer.LANGUAGES,
        prompts=_prompts(survey.about_audio),
        **_shared(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def language(
    survey: Survey, lang: str, refusal: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The Danish, and beside it the words of another language; as they were typed where they could not be kept."""
    said = {place: words.get(lang, "") for place, words in wordings.all_words(survey)} | dict(typed or {})
    places_of = [(place, words["da"], said[place]) for place, words in wordings.all_words(survey) if words]
    page = render_template(
        "desk/admin/editing_language.html",
        survey=survey,
        other=lang,
        direction=i18n.direction(lang),
        rows=places_of,
        is_read=not refusal and lang in survey.title and lang not in survey.unreviewed,
        seen=_seen(seen.of_language(survey, lang), refusal),
        **_shared(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def _seen(now: str, refusal: Refusal | None) -> str:
    """What a form that comes back was made from: still what it showed first, unless we said that it has changed."""
    return now if isinstance(refusal, seen.ChangedMeanwhile) else request.form.get("seen", now)


def _prompts(words: Words) -> dict[str, Prompt | None]:
    return {lang: audio.prompt(words, lang) for lang in toml_writer.LANGUAGES}


def _shared(refusal: Refusal | None) -> dict[str, object]:
    return {
        "refusal": refusal and _(str(refusal)),
        "form_id": FORM,
        "channels": places.CHANNELS,
        "types": TYPES,
        "kinds": places.KINDS,
        "highest_lix": plain_language.HIGHEST_LIX,
        "may_publish": session.user().role == "admin",
    }
