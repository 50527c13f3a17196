"""What was read off one sheet: field by field, sealed for keeping, and compared with what somebody else read."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from app.core import weeks
from app.core.errors import Refusal
from app.privacy import sealing
from app.privacy.boxes import CannotOpen
from app.privacy.sealing import Month
from app.surveys import question_types
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Question, Survey

LANG, HELPED, QUOTE_OK = "lang", "helped", "quote_ok"
ABOUT = (LANG, HELPED, QUOTE_OK)
"""What is no question: the language of the form, who helped, and (if it has words) whether they may be shown."""
_QUESTION = "q-"
_MOST_BYTES = 60_000

Keying = Literal["first", "second", "settled"]


class SheetRefused(Refusal):
    """A sheet that cannot be kept, or cannot be opened again."""


@dataclass(frozen=True)
class Sheet:
    """A reading for every field of the form."""

    fields: Mapping[str, Reading]

    def of(self, question: Question) -> Reading:
        """What was read for a question."""
        return self.fields[field_of(question)]

    def about(self, name: str) -> str:
        """The value of one of `ABOUT`."""
        reading = self.fields.get(name)
        return str(reading.value) if isinstance(reading, Value) else ""

    def is_blank(self, survey: Survey) -> bool:
        """Whether no question was answered, not even illegibly."""
        return all(isinstance(self.of(question), Skip) for question in survey.questions)


def field_of(question: Question) -> str:
    """What the field of a question is called in forms and in a sheet."""
    return f"{_QUESTION}{question.id}"


def fields(survey: Survey) -> tuple[str, ...]:
    """Every field of the form: what a rate of differences is counted over."""
    has_words = any(question_types.by_name(question.type).is_words for question in survey.questions)
    return (*(field_of(question) for question in survey.questions), *(ABOUT if has_words else ABOUT[:-1]))


def question_of(field: str, survey: Survey) -> Question | None:
    """The question of a field; None for one of `ABOUT`."""
    return None if field in ABOUT else survey.question(field.removeprefix(_QUESTION))


def differing(one: Sheet, other: Sheet, survey: Survey) -> list[str]:
    """The fields in which two readings of the same sheet are not the same, in printed order."""
    return [name for name in fields(survey) if not _is_same(one.fields[name], other.fields[name], name, survey)]


def seal(sheet: Sheet, month: Month, sheet_id: bytes, keying: Keying) -> bytes:
    """The box of a keyed sheet; opens only as this keying of this sheet."""
    content = json.dumps({name: _packed(one) for name, one in sheet.fields.items()}, ensure_ascii=False).encode()
    if len(content) > _MOST_BYTES:
        raise SheetRefused(_("This sheet is too long. Write the words in fewer signs."))
    return month.seal_record(content, _record(sheet_id, keying))


def unseal(box: bytes, month: str, sheet_id: bytes, keying: Keying) -> Sheet:
    """What `seal` closed."""
    try:
        content = sealing.unseal_record(box, record=_record(sheet_id, keying), month=month)
    except CannotOpen as error:
        raise SheetRefused(_("This sheet cannot be opened any more. Key it again.")) from error
    return Sheet({name: _unpacked(one) for name, one in json.loads(content).items()})


def month(week: str) -> Month:
    """The key that sheets of a week are sealed with."""
    return sealing.month(weeks.month_of_week(week))


def _is_same(one: Reading, other: Reading, name: str, survey: Survey) -> bool:
    question = question_of(name, survey)
    is_words = question is not None and question_types.by_name(question.type).is_words
    if is_words and isinstance(one, Value) and isinstance(other, Value):
        return _compared(str(one.value)) == _compared(str(other.value))
    return one == other


def _compared(words: str) -> str:
    """Words are the same if only case, or the kind and number of spaces and line breaks, are not."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def _packed(reading: Reading) -> list[object]:
    if isinstance(reading, Value):
        return ["value", reading.value]
    return ["unreadable"] if isinstance(reading, Unreadable) else [reading.kind]


def _unpacked(packed: list[object]) -> Reading:
    kind, *rest = packed
    if kind == "value":
        return Value(tuple(map(str, rest[0])) if isinstance(rest[0], list) else str(rest[0]))
    return Unreadable() if kind == "unreadable" else Skip("declined" if kind == "declined" else "skipped")


def _record(sheet_id: bytes, keying: Keying) -> bytes:
    return sheet_id + keying.encode()
