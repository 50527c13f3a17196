"""Changing the next version of a survey, a question at a time. Every change is checked before it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.core import numbers
from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.admin import seen
from app.surveys import carry_over, definition, drafts, lint, recordings, toml_writer, versions
from app.surveys.fault import Fault
from app.surveys.questions import Question, Survey
from app.surveys.toml_fields import SurveyFileRefused
from app.surveys.translating import Translation, reworded


class CannotKeep(Refusal):
    """A change after which there would be no survey; what was written stays in the form."""


@dataclass(frozen=True)
class FaultOn:
    """One fault and the channels it keeps the survey from."""

    where: str
    reason: str
    channels: tuple[str, ...]


def faults(survey: Survey) -> list[FaultOn]:
    """Everything that keeps the survey from a channel it names; the same fault on two channels is one."""
    found: dict[Fault, list[str]] = {}
    for channel in survey.channels:
        for fault in lint.check(survey, channel, is_recorded=recordings.has):
            found.setdefault(fault, []).append(channel)
    return [FaultOn(fault.where, fault.reason, tuple(dict.fromkeys(on))) for fault, on in found.items()]


def about(question_id: str, found: Iterable[FaultOn]) -> list[FaultOn]:
    """Those of one question; what belongs to none is about the survey (an empty id)."""
    return [fault for fault in found if fault.where.partition(".")[0] == question_id]


def with_question(survey: Survey, question: Question) -> Survey:
    """The survey with this question in its place, or a new one before the words. Raises CannotKeep."""
    known = [one.id for one in survey.questions]
    if question.id in known:
        asked = tuple(question if one.id == question.id else one for one in survey.questions)
    else:
        words = [n for n, one in enumerate(survey.questions) if one.type in ("text", "note")]
        place = len(known) if question.type in ("text", "note") or not words else words[0]
        asked = (*survey.questions[:place], question, *survey.questions[place:])
    return checked(replace(survey, questions=asked), survey)


def without(survey: Survey, question_id: str) -> Survey:
    """The survey without this question. Raises CannotKeep."""
    left = tuple(one for one in survey.questions if one.id != question_id)
    return checked(replace(survey, questions=left), survey)


def moved(survey: Survey, question_id: str, *, to: int) -> Survey:
    """The survey with this question at this place, from 0; moved twice it stands there once. Raises CannotKeep."""
    order = list(survey.questions)
    at = next(n for n, one in enumerate(order) if one.id == question_id)
    order.insert(max(to, 0), order.pop(at))
    return checked(replace(survey, questions=tuple(order)), survey)


def framed(survey: Survey, form: Mapping[str, str], channels: Iterable[str]) -> Survey:
    """The survey with the words of this form around its questions, whether it could be kept or not."""

    def said(name: str) -> dict[str, str]:
        texts = {lang: " ".join(form.get(f"{name}_{lang}", "").split()) for lang in toml_writer.LANGUAGES}
        return {lang: text for lang, text in texts.items() if text}

    return replace(
        survey,
        title=said("title"),
        about=said("about"),
        about_audio=said("about_audio"),
        thanks=said("thanks"),
        sms_opening=said("sms_opening"),
        minutes=numbers.read(form.get("minutes", ""), longest=3) or 0,
        channels=tuple(one for one in definition.CHANNELS if one in set(channels)),
    )


def translated(survey: Survey, lang: str, words: Mapping[str, str], *, is_read: bool) -> Survey:
    """The survey with this language as written. Whether it was read is somebody's word, and is written down."""
    if is_read and lang in survey.unreviewed:
        audit.record("survey.read", f"{survey.id} {survey.version} {lang}")
    return reworded(survey, Translation(lang, words), is_read=is_read)


def checked(changed: Survey, before: Survey) -> Survey:
    """Read again as a file would be, with the other languages whose Danish is the same. Raises CannotKeep."""
    try:
        house = definition.load(toml_writer.written(changed), f"{changed.id}.toml")
    except SurveyFileRefused as refusal:
        raise CannotKeep(str(refusal).split(":", 2)[-1].strip()) from refusal
    return carry_over.carried(house, before)


def publish(survey_id: str, shown: str) -> Survey:
    """Freeze just what was shown, and open it. Raises CannotKeep, ChangedMeanwhile."""
    survey = drafts.get(survey_id)
    if survey is None:
        raise CannotKeep(_("Nothing was changed, so there is nothing to publish."))
    seen.check(shown, seen.of_all(survey))
    if faults(survey):
        raise CannotKeep(_("There are faults in the survey. It was not published."))
    audit.record("survey.publish", f"{survey.id} {survey.version}")
    versions.publish(survey)
    recordings.forget_unsaid()
    return survey
