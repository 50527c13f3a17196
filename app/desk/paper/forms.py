"""The form of a sheet as it is shown: each field with its marks, what is typed in it, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import i18n
from app.core.i18n import N_, NATIVE_NAMES
from app.desk.paper import entry, sheets
from app.desk.paper.entry import Fault
from app.desk.paper.sheets import HELPED, LANG, QUOTE_OK
from app.surveys import paper_codes, question_types
from app.surveys.question_types.base import Reading, Value
from app.surveys.questions import Question, Survey, in_language

LABELS = {
    LANG: N_("Language of the form"),
    HELPED: N_("Who helped"),
    QUOTE_OK: N_("May the words be shown to others?"),
}
HELPER_NAMES = {"none": N_("Nobody"), "peer": N_("A friend"), "staff": N_("Somebody who works there")}
CONSENT = {"no": N_("Not ticked"), "yes": N_("Ticked")}


@dataclass(frozen=True)
class Choice:
    """One box of the form: its mark and its words, in the language they are in."""

    mark: str
    words: str
    lang: str


@dataclass(frozen=True)
class Field:
    """One field of a sheet. `kind`: codes (a short line), words (many lines) or select."""

    name: str
    label: str
    lang: str
    kind: str
    hint: str
    choices: tuple[Choice, ...]
    value: str
    fault: str = ""
    number: int = 0
    """Of the question, as printed; 0 for what every form has."""


def fields(survey: Survey, typed: Mapping[str, str], faults: Sequence[Fault] = ()) -> list[Field]:
    """The whole form in printed order."""
    wrong = {fault.field: fault.sentence for fault in faults}
    return [field(name, survey, typed.get(name, ""), wrong.get(name, "")) for name in sheets.fields(survey)]


def field(name: str, survey: Survey, value: str, fault: str = "") -> Field:
    """One field of it."""
    question = sheets.question_of(name, survey)
    if question is None:
        return Field(name, _(LABELS[name]), i18n.current(), "select", "", _to_choose(name), value, fault)
    label, lang = in_language(question.text, i18n.current())
    kind = "words" if question_types.by_name(question.type).is_words else "codes"
    number = survey.questions.index(question) + 1
    return Field(name, label, lang, kind, _hint(question), _marks(question), value, fault, number)


def shown(name: str, reading: Reading, survey: Survey) -> str:
    """A reading in words, for somebody who compares two."""
    if not isinstance(reading, Value):
        return _("Cannot be read") if isinstance(reading, question_types.Unreadable) else _("Not answered")
    choices = {choice.mark: choice.words for choice in field(name, survey, "").choices}
    question = sheets.question_of(name, survey)
    typed = paper_codes.typed(reading, question) if question else str(reading.value)
    if question and question_types.by_name(question.type).is_words:
        return typed
    codes = typed.split()
    return ", ".join(f"{code} {choices[code]}" if code in choices and question else choices.get(code, code)
                     for code in codes)  # fmt: skip


def _marks(question: Question) -> tuple[Choice, ...]:
    return tuple(
        Choice(mark, *in_language(option.words, i18n.current())) for mark, option in paper_codes.marked(question)
    )


def _to_choose(name: str) -> tuple[Choice, ...]:
    if name == LANG:
        return tuple(Choice(lang, NATIVE_NAMES[lang], lang) for lang in entry.CHOICES[LANG])
    words = HELPER_NAMES if name == HELPED else CONSENT
    return tuple(Choice(value, _(words[value]), i18n.current()) for value in entry.CHOICES[name])


def _hint(question: Question) -> str:
    if question.type == "note":
        return _("What a helper wrote on the back, word for word. Empty if there is nothing.")
    if question_types.by_name(question.type).is_words:
        return _("Word for word, with every fault. Empty if there is nothing.")
    if question.type == "pick" and (question.max or 1) > 1:
        return _("At most %(most)s marks, for example A C.", most=question.max)
    if question.type == "rank":
        return _("At most %(most)s marks, the most important first.", most=question.top)
    if question.type in ("scale", "number"):
        return _("A number from %(low)s to %(high)s.", low=question.low or 0, high=_high(question))
    return ""


def _high(question: Question) -> int:
    return 10 if question.high is None else question.high
