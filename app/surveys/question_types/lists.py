"""Reads several choices from a numbered menu: numbers and labels with anything between them."""

from app.surveys.question_types import labels, numerals
from app.surveys.question_types.base import Value
from app.surveys.question_types.labels import Labels
from app.surveys.question_types.said import Said
from app.surveys.question_types.spoken import Spoken
from app.surveys.questions import Question

_MOST_ONE_FIGURE = 9  # lines of a menu in which 37 can only be 3 and 7


def read_several(said: Said, question: Question, language: Spoken) -> tuple[str, ...] | None:
    """The options in the order they were said, each once; None if any word is none of them."""
    menu = [option.id for option in question.menu]
    known = labels.of(question, language)
    found: list[str] = []
    place = 0
    while place < len(said.words):
        options, length = _at(said, place, menu, known, language)
        if options is None:
            return _number_word(said, language, menu)
        found += options
        place += length
    return tuple(dict.fromkeys(found)) or None


def _at(said: Said, place: int, menu: list[str], known: Labels, language: Spoken) -> tuple[list[str] | None, int]:
    if labelled := labels.at(said.words, place, known):
        return [labelled[0]], labelled[1]
    word = said.words[place]
    if word in language.between:
        return [], 1
    return _numbered(word, menu), 1


def _numbered(word: str, menu: list[str]) -> list[str] | None:
    """3 → the third; 37 → the third and the seventh, while that is the only thing it can be."""
    if not word.isdecimal() or len(word) > len(menu):
        return None
    if 1 <= int(word) <= len(menu):
        return [menu[int(word) - 1]]
    lines = [int(figure) for figure in word]
    is_clear = len(menu) <= _MOST_ONE_FIGURE and len(set(lines)) == len(lines)
    return [menu[line - 1] for line in lines] if is_clear and all(1 <= n <= len(menu) for n in lines) else None


def _number_word(said: Said, language: Spoken, menu: list[str]) -> tuple[str, ...] | None:
    reading = numerals.word(said, language, low=1, high=len(menu))
    return (menu[int(str(reading.value)) - 1],) if isinstance(reading, Value) else None
