"""Reads one choice from a numbered menu: a number, a letter, a label, or the beginning of one."""

from collections.abc import Mapping

from app.surveys.question_types import emblems, labels, numerals
from app.surveys.question_types.base import Reading, Unreadable, Value
from app.surveys.question_types.labels import Labels
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken, signs
from app.surveys.questions import Question

_LETTERS = "abcdefghi"
_NEAR = 3  # words behind an answer that may take it back: "ja og nej"


def read_one(
    said: Said, question: Question, language: Spoken, known: Labels, thumbs: Mapping[str, str] | None = None
) -> Reading:
    """The option a text chooses. Two different ones within a few words are none."""
    menu = [option.id for option in question.menu]
    if len(said.words) == 1 and said.words[0] in _LETTERS[: len(menu)]:
        return Value(menu[_LETTERS.index(said.words[0])])
    reading = _labelled(said, known, menu, thumbs or {})
    reading = reading or _numbered(said, language, known, menu)
    reading = reading or emblems.read(said, thumbs or {})
    if reading is None and (begun := labels.begun_by(said.words, known)):
        return Value(begun)
    return reading or Unreadable()


def _labelled(said: Said, known: Labels, menu: list[str], thumbs: Mapping[str, str]) -> Reading | None:
    found = labels.at(said.words, 0, known)
    if found is None:
        return None
    option, length = found
    end = length
    while said.words[end : end + length] == said.words[:length]:  # ja ja ja
        end += length
    if _names_another(said, end, known, option) or _names_another_number(said, end, menu, option):
        return Unreadable()
    if any(sign in thumbs and thumbs[sign] != option for sign in said.visible):
        return Unreadable()
    return Value(option, said.after(said.tokens[end - 1].end))


def _numbered(said: Said, language: Spoken, known: Labels, menu: list[str]) -> Reading | None:
    last = len(menu)
    reading = numerals.read(said, low=1, high=last) or numerals.word(said, language, low=1, high=last)
    if not isinstance(reading, Value):
        return reading
    option = menu[int(str(reading.value)) - 1]
    if _names_another(said, 0, known, option):
        return Unreadable()
    return Value(option, reading.comment)


def _names_another(said: Said, place: int, known: Labels, option: str) -> bool:
    near = (labels.at(said.words, at, known) for at in range(place, min(place + _NEAR, len(said.words))))
    return any(found is not None and found[0] != option for found in near)


def _names_another_number(said: Said, place: int, menu: list[str], option: str) -> bool:
    """ "ja 3" where 3 is no; "ja, 3 gange" is a yes."""
    for at in range(place, min(place + _NEAR, len(said.words))):
        word, behind = said.words[at], said.words[at + 1 : at + 2]
        is_counting = bool(behind) and behind[0] in signs().units
        if word.isdecimal() and not is_counting and word != str(menu.index(option) + 1):
            return True
    return False
