"""One survey, defined once for every channel: read from a TOML file, and kept as canonical JSON when published."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from flask_babel import gettext as _

from app.surveys import wordings
from app.surveys.models import SITE_KINDS
from app.surveys.question_types import by_name, is_known
from app.surveys.questions import Condition, Option, Question, Survey, Words, in_language
from app.surveys.toml_fields import Fields, SurveyFileRefused

__all__ = [
    "Condition", "Option", "Question", "Survey", "SurveyFileRefused", "Words",
    "from_json", "in_language", "load", "to_json",
]  # fmt: skip

CHANNELS = ("sms", "web", "kiosk", "paper")
FORMAT = 1
_BOUNDS = ("max", "top", "low", "high")


def load(text: str, filename: str, translations: Mapping[str, str] | None = None) -> Survey:
    """The survey of a file, with the wordings of its translation files (language → text) laid over it.

    Refuses the first fault with "file:line: reason".
    """
    survey = _survey(Fields.of_file(text, filename))
    for lang, translation in (translations or {}).items():
        survey = wordings.lay_over(survey, lang, Fields.of_file(translation, f"{survey.id}.{lang}.toml"))
    return survey


def to_json(survey: Survey) -> str:
    """The same survey always gives the same text."""
    content = asdict(survey)
    for question in content["questions"]:
        if not question["only_at"]:
            del question["only_at"]  # versions frozen before there were such questions stay as they are
    return json.dumps(content, default=sorted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Survey:
    """What `to_json` wrote."""
    found: dict[str, Any] = json.loads(text)
    found["questions"] = tuple(_question_from(question) for question in found["questions"])
    for name in ("channels", "unreviewed"):
        found[name] = tuple(found[name])
    return Survey(**found)


def _question_from(found: dict[str, Any]) -> Question:
    options = tuple(Option(**option) for option in found.pop("options"))
    shown = found.pop("show_if")
    condition = Condition(shown["question"], frozenset(shown["any_of"])) if shown else None
    only_at = frozenset(found.pop("only_at", ()))
    return Question(**found, options=options, show_if=condition, only_at=only_at)


def _survey(file: Fields) -> Survey:
    file.must_be("format", FORMAT)
    survey = Survey(
        id=file.identifier("id"),
        version=file.whole_number("version", least=1),
        channels=file.some_of("channels", CHANNELS),
        minutes=file.whole_number("minutes", least=1),
        title=file.words("title"),
        about=file.words("about"),
        about_audio=file.words("about_audio", required=False),
        thanks=file.words("thanks"),
        sms_opening=file.words("sms_opening"),
        questions=(),
    )
    tables = file.tables("questions")
    ids = tuple(str(table.peek("id")) for table in tables)
    for question in tables:
        asked = _question(question)
        _refuse_misplaced(question, asked, survey.questions, ids)
        survey = replace(survey, questions=(*survey.questions, asked))
    if not survey.questions:
        raise file.fault("questions", _("a survey asks at least one question"))
    file.nothing_else()
    return survey


def _question(found: Fields) -> Question:
    type_name = found.string("type")
    if not is_known(type_name):
        raise found.fault("type", _("there is no question type “%(name)s”", name=type_name))
    question = Question(
        id=found.identifier("id"),
        type=type_name,
        measure=found.string("measure", required=False) or None,
        text=found.words("text"),
        hint=found.words("hint", required=False),
        sms=found.words("sms", required=False),
        audio=found.words("audio", required=False),
        options=tuple(_option(option) for option in found.tables("options")),
        show_if=_condition(found),
        only_at=frozenset(found.some_of("only_at", SITE_KINDS)) if found.peek("only_at") is not None else frozenset(),
        **{name: found.optional_number(name) for name in _BOUNDS},
    )
    _refuse_misshapen(found, question)
    found.nothing_else()
    return question


def _option(found: Fields) -> Option:
    option = Option(
        id=found.identifier("id", most=20),
        words=found.words_here(),
        short=found.words("short", required=False),
        picture=found.string("picture", required=False) or None,
        theme=found.string("theme", required=False) or None,
    )
    found.nothing_else()
    return option


def _condition(found: Fields) -> Condition | None:
    shown = found.table("show_if")
    if shown is None:
        return None
    condition = Condition(shown.string("question"), frozenset(shown.strings("is")))
    shown.nothing_else()
    return condition


def _refuse_misshapen(found: Fields, question: Question) -> None:
    """Options and bounds must be those the type asks with."""
    shape = by_name(question.type).shape
    ids = [option.id for option in question.menu]
    if twice := _twice(option.id for option in question.options):
        raise found.fault("options", _("the option “%(id)s” stands twice", id=twice))
    if not shape.least_options <= len(ids) <= shape.most_options:
        raise found.fault("options", _options_wanted(question.type, shape.least_options, shape.most_options))
    if shape.only_options and (strange := next((i for i in ids if i not in shape.only_options), None)):
        raise found.fault("options", _("%(type)s has no option “%(id)s”", type=question.type, id=strange))
    for name in _BOUNDS:
        if getattr(question, name) is None and name in shape.bounds:
            raise found.fault("type", _("%(type)s needs “%(name)s”", type=question.type, name=name))
        if getattr(question, name) is not None and name not in (*shape.bounds, *shape.optional_bounds):
            raise found.fault(name, _("%(type)s has no use for “%(name)s”", type=question.type, name=name))
    _refuse_empty_range(found, question)


def _options_wanted(type_name: str, least: int, most: int) -> str:
    if most == 0:
        return _("%(type)s takes no options besides unknown and declined", type=type_name)
    return _("%(type)s needs %(least)s to %(most)s options", type=type_name, least=least, most=most)


def _refuse_empty_range(found: Fields, question: Question) -> None:
    for name in ("max", "top"):
        most = getattr(question, name)
        if most is not None and not 1 <= most <= len(question.menu):
            raise found.fault(name, _("“%(name)s” must be between 1 and the number of options", name=name))
    if question.low is not None and question.high is not None and question.low >= question.high:
        raise found.fault("high", _("“high” must be more than “low”"))


def _refuse_misplaced(
    found: Fields, question: Question, earlier: tuple[Question, ...], all_ids: tuple[str, ...]
) -> None:
    """Ids are unique, words come last, and a condition looks back."""
    if question.id in {known.id for known in earlier}:
        raise found.fault("id", _("the question “%(id)s” stands twice", id=question.id))
    if earlier and by_name(earlier[-1].type).is_words and not by_name(question.type).is_words:
        raise found.fault("type", _("questions answered in words come last: nothing but words may follow them"))
    if question.show_if:
        if question.show_if.question == question.id:
            raise found.fault("show_if", _("show_if looks back: it waits for its own answer, so it is never asked"))
        _refuse_blind(found, question.show_if, earlier, all_ids)


def _refuse_blind(found: Fields, condition: Condition, earlier: tuple[Question, ...], all_ids: tuple[str, ...]) -> None:
    asked = next((known for known in earlier if known.id == condition.question), None)
    if asked is None and condition.question in all_ids:
        reason = _("show_if looks back: “%(id)s” is answered later, so this is never asked", id=condition.question)
        raise found.fault("show_if", reason)
    if asked is None:
        raise found.fault("show_if", _("show_if looks back: no earlier question “%(id)s”", id=condition.question))
    if unknown := sorted(condition.any_of - {option.id for option in asked.options}):
        raise found.fault(
            "show_if", _("the question “%(id)s” has no option “%(option)s”", id=asked.id, option=unknown[0])
        )


def _twice(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((one for one in ids if one in seen or seen.add(one)), None)  # type: ignore[func-returns-value]
