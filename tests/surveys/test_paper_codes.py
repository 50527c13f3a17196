"""What is typed off a paper form, and what it means."""

from dataclasses import replace
from typing import Any

import pytest

from app.surveys import paper_codes, question_types
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Option
from tests.surveys.samples import asking

READ: tuple[tuple[str, str, Any], ...] = (
    ("smiley_5", "4", "4"),
    ("smiley_5", "a", "unknown"),
    ("smiley_5", "6", None),
    ("smiley_3", "3", "3"),
    ("smiley_3", "4", None),
    ("yes_no", "B", "partly"),
    ("yes_no", "d", "declined"),
    ("yes_no", "A B", None),
    ("choice", "c", "bathroom"),
    ("picture", "E", "elsewhere"),
    ("picture", "F", None),
    ("place", " a ", "door"),
    ("pick", "da", ("door", "outside")),
    ("pick", "A, D", ("door", "outside")),
    ("pick", "ABC", None),
    ("pick", "AA", None),
    ("rank", "C A E", ("bathroom", "door", "elsewhere")),
    ("rank", "eac", ("elsewhere", "door", "bathroom")),
    ("rank", "ABCD", None),
    ("scale", "0", "0"),
    ("scale", "10", "10"),
    ("scale", "11", None),
    ("scale", "4 5", None),
    ("number", "7", "7"),
    ("number", "seven", None),
    ("text", "  Flere senge,\ntak  ", "Flere senge,\ntak"),
    ("text", "...", None),
    ("text", "x" * 2001, None),
    ("note", "Han siger det samme.", "Han siger det samme."),
)


@pytest.mark.parametrize(("type_name", "typed", "value"), READ)
def test_a_code_means_the_box_it_stands_beside(type_name: str, typed: str, value: Any) -> None:
    expected = None if value is None else Value(value)

    assert paper_codes.read(typed, asking(type_name)) == expected


@pytest.mark.parametrize("type_name", [one.name for one in question_types.QUESTION_TYPES])
def test_every_question_can_be_left_open_or_be_unreadable(type_name: str) -> None:
    assert paper_codes.read(" - ", asking(type_name)) == Skip("skipped")
    assert paper_codes.read("–", asking(type_name)) == Skip("skipped")
    assert paper_codes.read("?", asking(type_name)) == Unreadable()


@pytest.mark.parametrize("type_name", [one.name for one in question_types.QUESTION_TYPES])
def test_an_empty_field_is_an_answer_for_words_only(type_name: str) -> None:
    is_words = question_types.by_name(type_name).is_words

    assert paper_codes.read(" ", asking(type_name)) == (Skip("skipped") if is_words else None)


def every_reading() -> list[tuple[str, Reading]]:
    return [(name, Value(value)) for name, _typed, value in READ if value is not None] + [
        (name, reading) for name, *_ in READ for reading in (Skip("skipped"), Unreadable())
    ]


@pytest.mark.parametrize(("type_name", "reading"), every_reading())
def test_what_is_shown_again_means_the_same(type_name: str, reading: Reading) -> None:
    question = asking(type_name)

    assert paper_codes.read(paper_codes.typed(reading, question), question) == reading


def test_every_box_has_a_mark_of_its_own() -> None:
    for one in question_types.QUESTION_TYPES:
        marks = [mark for mark, _option in paper_codes.marked(asking(one.name))]
        assert len(set(marks)) == len(marks)


def test_faces_are_marked_by_number_and_what_stands_beside_them_by_letter() -> None:
    assert [mark for mark, _ in paper_codes.marked(asking("smiley_5"))] == ["1", "2", "3", "4", "5", "A"]


def test_a_question_with_ten_boxes_has_ten_marks() -> None:
    options = (*(Option(id=f"o{n}", words={"da": f"{n}"}) for n in range(9)), Option("unknown", {"da": "Ved ikke"}))
    question = replace(asking("choice"), options=options)

    assert [mark for mark, _ in paper_codes.marked(question)][-1] == "J"
    assert paper_codes.read("J", question) == Value("unknown")
