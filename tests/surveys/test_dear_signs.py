"""What makes a text dear is called by its name, with what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys import dear_signs
from app.surveys.segments import is_plain


@pytest.mark.parametrize(
    ("sign", "advice"),
    [
        ("–", "“–” (a dash) makes the message twice as dear. Write - instead."),
        ("”", '“”” (a curly quotation mark) makes the message twice as dear. Write " instead.'),
        ("’", "“’” (a curly quotation mark) makes the message twice as dear. Write ' instead."),
        ("…", "“…” (three dots in one sign) makes the message twice as dear. Write ... instead."),
        ("\u00a0", "“U+00A0” (a space of its own kind) makes the message twice as dear. Write a plain space instead."),
        ("\t", "“U+0009” (a tab) makes the message twice as dear. Write a plain space instead."),
        ("\u200b", "“U+200B” (an invisible sign) makes the message twice as dear. Leave it out."),
        ("á", "“á” (a letter that text messages lack) makes the message twice as dear. Write a instead."),
        ("ł", "“ł” (a letter that text messages lack) makes the message twice as dear. Write l instead."),
        ("😀", "“😀” (an emoji) makes the message twice as dear. Leave it out."),
        ("س", "“س” (a letter that text messages lack) makes the message twice as dear."),
        ("\u0301", "“U+0301” (a loose accent) makes the message twice as dear. Leave it out."),
        ("‰", "“‰” (a sign that text messages lack) makes the message twice as dear."),
    ],
)
def test_a_dear_sign_is_named_with_what_to_write(sign: str, advice: str) -> None:
    assert dear_signs.dear(sign).advice == advice


def test_each_dear_sign_is_named_once_in_the_order_of_the_text() -> None:
    assert [one.sign for one in dear_signs.all_in("æ – … – ø")] == ["–", "…"]


@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_the_pieces_of_a_text_are_the_text_and_only_dear_ones_are_marked(text: str) -> None:
    pieces = list(dear_signs.runs(text))

    assert "".join(piece for piece, _ in pieces) == text
    assert all(is_plain(piece) != is_dear for piece, is_dear in pieces)


@given(sign=st.characters(exclude_categories=()).filter(lambda sign: not is_plain(sign)))
def test_what_is_written_instead_is_cheap_and_any_sign_can_be_shown(sign: str) -> None:
    found = dear_signs.dear(sign)

    assert found.instead is None or is_plain(found.instead)
    assert found.name
    assert found.shown
