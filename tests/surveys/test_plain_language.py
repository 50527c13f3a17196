"""LIX and its kin, against figures worked out by hand and by others."""

import pytest

from app.surveys import plain_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Du bestemmer, hvad du svarer. Det ændrer ikke den hjælp, du får.", 14),
        ("Vi gør stedet bedre.", 4),
        ("Vi vil gøre stedet bedre. Fortæl os hvordan. Vi spørger ikke om dit navn.", 19),
    ],
)
def test_lix_is_words_a_sentence_and_the_share_of_long_words(text: str, expected: int) -> None:
    assert round(plain_language.lix(text)) == expected


def test_a_dot_in_an_abbreviation_ends_no_sentence() -> None:
    assert len(plain_language.sentences("Send koden, fx. AB1, kl. 8. Tak.")) == 2


def test_names_of_bodies_keep_their_words() -> None:
    assert plain_language.avoided_word("Hvad skal Rådet for Socialt Udsatte vide?") is None
    assert plain_language.avoided_word("Hvad siger de udsatte?") == "udsatte"


def test_who_uses_drugs_is_spoken_of_as_a_person() -> None:
    assert plain_language.avoided_word("mennesker, der bruger stoffer") is None
    assert plain_language.avoided_word("stofmisbrugere") == "stofmisbrugere"
