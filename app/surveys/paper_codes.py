"""The mark beside each box of a paper form, typed when the sheet is entered: a letter, or the number itself."""

import re
from string import ascii_uppercase

from app.surveys import question_types
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Option, Question

NOT_ANSWERED = "-"
UNREADABLE = "?"
_DASHES = frozenset("-–—−")
_LIST = re.compile(r"[A-Z0-9 ,.;/+]{1,40}")
_CODE = re.compile(r"[A-Z]|[0-9]+")
_FACES = ("smiley_5", "smiley_3")


def marked(question: Question) -> tuple[tuple[str, Option], ...]:
    """Each option with its mark, in printed order: a face has its number, anything else the next letter from A.

    The steps of a scale and the digits of a number are no options; what stands beside them ("do not know") is.
    """
    letters = iter(ascii_uppercase)
    is_faces = question.type in _FACES
    return tuple(
        (option.id if is_faces and option.id.isdecimal() else next(letters), option) for option in question.options
    )


def read(typed: str, question: Question) -> Reading | None:
    """What the codes mean: `-` nothing was answered, `?` it cannot be read; None if this question has no such answer.

    Several codes may stand with or without anything between them, and a rank is typed in its order (`C A F`). An empty
    field is no answer but for words, so that no box is passed by unseen.
    """
    said = typed.strip()
    if said == UNREADABLE:
        return Unreadable()
    if said in _DASHES:
        return Skip("skipped")
    if question_types.by_name(question.type).is_words:
        return _taken([typed], question) if said else Skip("skipped")
    return _coded(said.upper(), question)


def typed(reading: Reading, question: Question) -> str:
    """The codes again, as `read` takes them."""
    if isinstance(reading, Unreadable):
        return UNREADABLE
    if isinstance(reading, Skip):
        return NOT_ANSWERED
    values = (reading.value,) if isinstance(reading.value, str) else reading.value
    marks = {option.id: mark for mark, option in marked(question)}
    return " ".join(marks.get(value, value) for value in values)


def _coded(said: str, question: Question) -> Reading | None:
    if not _LIST.fullmatch(said):
        return None
    codes = _CODE.findall(said)
    if len(set(codes)) < len(codes):
        return None  # the same box twice is a slip of the finger
    ids = {mark: option.id for mark, option in marked(question)}
    if not all(code in ids or code.isdecimal() for code in codes):
        return None
    return _taken([ids.get(code, code) for code in codes], question)


def _taken(posted: list[str], question: Question) -> Value | Skip | None:
    reading = question_types.by_name(question.type).take(posted, question)
    return None if isinstance(reading, Unreadable) else reading
