"""Where a fault stands: the line of the survey's file, or of the file of the language it is in."""

from collections.abc import Mapping

from app.surveys import toml_lines
from app.surveys.questions import Option, Question, Survey
from app.surveys.toml_lines import Lines
from app.surveys.word_lint import HOUSE_LANGUAGES


def line(survey: Survey, where: str, lines: Lines) -> int:
    """`respect.sms.da` as the file has it: `questions.1.sms.da`; a fault of the whole survey stands at its id."""
    return toml_lines.nearest(lines, _path(survey, where, lines))


def file_and_line(survey: Survey, where: str, lines: Mapping[str, Lines]) -> tuple[str, int]:
    """The language of the file (empty for the survey's own) and the line. `lines` are those of each file."""
    rest, _dot, lang = where.rpartition(".")
    if lang in lines and lang not in HOUSE_LANGUAGES:
        return lang, toml_lines.nearest(lines[lang], _translated(survey, rest))
    return "", line(survey, where, lines[""])


def _translated(survey: Survey, where: str) -> str:
    """`respect.sms` and `respect.yes` as a translation has them: `questions.respect.sms`, `….options.yes`."""
    first, _dot, rest = where.partition(".")
    if first not in {question.id for question in survey.questions}:
        return where
    if rest in Question.__dataclass_fields__:
        return f"questions.{first}.{rest}"
    option, _dot, short = rest.partition(".")
    return f"questions.{first}.{short or 'options'}.{option}"


def _path(survey: Survey, where: str, lines: Lines) -> str:
    first, _dot, rest = where.partition(".")
    place = next((n for n, question in enumerate(survey.questions) if question.id == first), None)
    if where in lines or place is None:
        return where if where in lines or first in lines else "id"
    here = f"questions.{place}"
    if not rest or rest.partition(".")[0] in Question.__dataclass_fields__:
        return f"{here}.{rest}".strip(".")
    return f"{here}.{_option_path(survey.questions[place].options, rest)}"


def _option_path(options: tuple[Option, ...], rest: str) -> str:
    name, _dot, more = rest.partition(".")
    place = next((n for n, option in enumerate(options) if option.id == name), 0)
    return f"options.{place}.{more}".strip(".")
