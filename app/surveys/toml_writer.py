"""A published survey as a file again, in Danish and English, so that the next version can begin from it.

Comments are not kept: what is published is the survey, not the file. Other languages have files of their own.
"""

import json
from collections.abc import Iterator, Sequence

from app.surveys.questions import Option, Question, Survey, Words

LANGUAGES = ("da", "en")
_SURVEY_WORDS = ("title", "about", "about_audio", "thanks", "sms_opening")
_QUESTION_WORDS = ("text", "hint", "sms", "audio")
_BOUNDS = ("max", "top", "low", "high")

Value = str | int | Sequence[str]


def written(survey: Survey) -> str:
    """The file. Read again it gives the same survey, but for languages besides Danish and English."""
    return "\n".join(_survey(survey)) + "\n"


def written_question(question: Question) -> str:
    """The lines of one question."""
    return "\n".join(_question(question))


def written_frame(survey: Survey) -> str:
    """What stands around the questions, without the number of the version."""
    return "\n".join(_frame(survey))


def _survey(survey: Survey) -> Iterator[str]:
    yield _pair("format", 1)
    yield _pair("id", survey.id)
    yield _pair("version", survey.version)
    yield from _frame(survey)
    for question in survey.questions:
        yield from _question(question)


def _frame(survey: Survey) -> Iterator[str]:
    yield _pair("channels", survey.channels)
    yield _pair("minutes", survey.minutes)
    for name in _SURVEY_WORDS:
        yield from _words(name, getattr(survey, name))


def _question(question: Question) -> Iterator[str]:
    yield from ("", "", "[[questions]]", _pair("id", question.id), _pair("type", question.type))
    for name in ("measure", *_BOUNDS):
        if (value := getattr(question, name)) is not None:
            yield _pair(name, value)
    if question.only_at:
        yield _pair("only_at", sorted(question.only_at))
    for name in _QUESTION_WORDS:
        yield from _words(f"questions.{name}", getattr(question, name))
    if question.show_if:
        yield from ("", "[questions.show_if]", _pair("question", question.show_if.question))
        yield _pair("is", sorted(question.show_if.any_of))
    for option in question.options:
        yield from _option(option)


def _option(option: Option) -> Iterator[str]:
    yield from ("", "[[questions.options]]", _pair("id", option.id))
    for name in ("picture", "theme"):
        if value := getattr(option, name):
            yield _pair(name, value)
    yield from _pairs(option.words)
    yield from _words("questions.options.short", option.short)


def _words(name: str, words: Words) -> Iterator[str]:
    if words:
        yield from ("", f"[{name}]", *_pairs(words))


def _pairs(words: Words) -> Iterator[str]:
    return (_pair(lang, words[lang]) for lang in LANGUAGES if lang in words)


def _pair(name: str, value: Value) -> str:
    """JSON spells strings and lists as TOML does, but for the one control character it lets stand."""
    said = value if isinstance(value, str | int) else list(value)
    return f"{name} = {json.dumps(said, ensure_ascii=False)}".replace("\x7f", "\\u007f")
