"""A posted form as a sheet: what each field means, and what must be typed otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.i18n import LANGUAGES
from app.desk.paper import sheets
from app.desk.paper.sheets import ABOUT, HELPED, LANG, QUOTE_OK, Sheet
from app.surveys import paper_codes, question_types
from app.surveys.models import HELPERS
from app.surveys.question_types.base import Reading, Value
from app.surveys.question_types.text import MOST_IN_A_FORM
from app.surveys.questions import Question, Survey

CHOICES: dict[str, tuple[str, ...]] = {LANG: LANGUAGES, HELPED: HELPERS, QUOTE_OK: ("no", "yes")}
"""What may be chosen for the fields every form has; the first of each stands there to begin with."""


@dataclass(frozen=True)
class Fault:
    """A field that cannot be taken as it was typed, and what to do."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Entered:
    """A form as it was posted: the sheet if every field can be taken, else the faults."""

    typed: Mapping[str, str]
    sheet: Sheet | None
    faults: tuple[Fault, ...] = ()


def read(posted: Mapping[str, str], survey: Survey) -> Entered:
    """The sheet of a form."""
    typed = {name: posted.get(name, "").replace("\r\n", "\n") for name in sheets.fields(survey)}
    readings = {name: field(name, text, survey) for name, text in typed.items()}
    faults = [Fault(name, _wanted(name, typed[name], survey)) for name, found in readings.items() if found is None]
    sheet = Sheet({name: found for name, found in readings.items() if found is not None})
    faults = faults or _contradictions(sheet, survey)
    return Entered(typed, None if faults else sheet, tuple(faults))


def field(name: str, text: str, survey: Survey) -> Reading | None:
    """What one field means; None if it cannot be taken."""
    question = sheets.question_of(name, survey)
    if question:
        return paper_codes.read(text, question)
    return Value(text) if text in CHOICES[name] else None


def typed(sheet: Sheet, survey: Survey) -> dict[str, str]:
    """A sheet as it is typed, to be corrected."""
    codes = {sheets.field_of(one): paper_codes.typed(sheet.of(one), one) for one in survey.questions}
    return codes | {name: sheet.about(name) for name in ABOUT}


def empty(lang: str) -> dict[str, str]:
    """The form before anything is typed; the language is that of the sheet before."""
    return {name: choices[0] for name, choices in CHOICES.items()} | ({LANG: lang} if lang in LANGUAGES else {})


def _wanted(name: str, text: str, survey: Survey) -> str:
    question = sheets.question_of(name, survey)
    if question is None:
        return _("Choose one of the answers.")
    if question_types.by_name(question.type).is_words:
        return _("Write at most %(most)s characters of words, or ? if they cannot be read.", most=MOST_IN_A_FORM)
    if not text.strip():
        return _("Type a mark. Type - if nothing is ticked.")
    return _not_a_mark(text, question)


def _not_a_mark(text: str, question: Question) -> str:
    shown = text.strip()[:20]
    most = question.max or question.top
    if most:
        return _("“%(typed)s” does not fit. Type at most %(most)s different marks, - or ?.", typed=shown, most=most)
    return _("“%(typed)s” does not fit. Type one mark, - or ?.", typed=shown)


def _contradictions(sheet: Sheet, survey: Survey) -> list[Fault]:
    """A note is what a helper wrote down, so somebody helped."""
    notes = (question for question in survey.questions if question.type == "note")
    is_noted = any(isinstance(sheet.of(note), Value) for note in notes)
    if is_noted and sheet.about(HELPED) == "none":
        return [Fault(HELPED, _("There is a helper's note. Choose who helped."))]
    return []
