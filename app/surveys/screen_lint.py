"""What a survey must satisfy where answers are boxes and cards: the web page, the tablet and paper."""

from collections.abc import Collection, Iterator

from flask_babel import gettext as _

from app.surveys import pictures
from app.surveys.fault import Fault
from app.surveys.questions import Option, Question, Survey
from app.surveys.word_lint import HOUSE_LANGUAGES

MOST_OPTIONS = 9
MOST_BOXES = 10
"""With "do not know" or "rather not say"."""
MOST_LABEL = 30


def check(survey: Survey, known: Collection[str] | None = None) -> Iterator[Fault]:
    """Every answer that does not fit a card. `known` are the pictures that exist, if not those we draw."""
    names = pictures.names() if known is None else known
    for question in survey.questions:
        yield from _size(question)
        yield from _missing_pictures(question)
        for option in question.options:
            yield from _option(f"{question.id}.{option.id}", option, names)


def _size(question: Question) -> Iterator[Fault]:
    if len(question.menu) > MOST_OPTIONS:
        yield Fault(question.id, _("More than 9 options do not fit on a screen."))
    elif len(question.options) > MOST_BOXES:
        yield Fault(question.id, _("More than 10 boxes do not fit on a screen."))


def _missing_pictures(question: Question) -> Iterator[Fault]:
    """All or none: one card without a picture looks like one that cannot be pressed."""
    without = [option.id for option in question.menu if not option.picture]
    if without and (question.type == "picture" or len(without) < len(question.menu)):
        reason = _("“%(option)s” has no picture, and the other answers have.", option=without[0])
        yield Fault(f"{question.id}.{without[0]}", reason)


def _option(where: str, option: Option, known: Collection[str]) -> Iterator[Fault]:
    for lang in HOUSE_LANGUAGES:
        if not option.words.get(lang, "").strip():
            yield Fault(f"{where}.{lang}", _("A picture never stands without words."))
    for lang, label in option.words.items():
        if len(label) > MOST_LABEL:
            yield Fault(f"{where}.{lang}", _("“%(label)s” is longer than 30 characters.", label=label))
    if option.picture and option.picture not in known:
        yield Fault(f"{where}.picture", _("There is no picture called “%(name)s”.", name=option.picture))
