"""The twelve ways of asking. A new one is a module here, a template, and a line in this list."""

from app.surveys.question_types.base import QuestionType, Reading, Skip, Unreadable, Value
from app.surveys.question_types.choice import Choice
from app.surveys.question_types.note import Note
from app.surveys.question_types.number import Number
from app.surveys.question_types.pick import Pick
from app.surveys.question_types.picture import Picture
from app.surveys.question_types.place import Place
from app.surveys.question_types.rank import Rank
from app.surveys.question_types.scale import Scale
from app.surveys.question_types.smiley_3 import Smiley3
from app.surveys.question_types.smiley_5 import Smiley5
from app.surveys.question_types.text import Text
from app.surveys.question_types.yes_no import YesNo

__all__ = ["QUESTION_TYPES", "QuestionType", "Reading", "Skip", "Unreadable", "Value", "by_name", "is_known"]

QUESTION_TYPES: tuple[QuestionType, ...] = (
    Smiley5(),
    Smiley3(),
    YesNo(),
    Choice(),
    Picture(),
    Pick(),
    Rank(),
    Scale(),
    Number(),
    Place(),
    Text(),
    Note(),
)


def by_name(name: str) -> QuestionType:
    """The type a question names; definitions hold known names only, so a KeyError is a bug."""
    return _BY_NAME[name]


def is_known(name: str) -> bool:
    """Whether a definition may name it."""
    return name in _BY_NAME


_BY_NAME = {question_type.name: question_type for question_type in QUESTION_TYPES}
