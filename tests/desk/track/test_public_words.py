"""Numbers are never typed."""

import pytest

from app.desk.track import public_words
from app.desk.track.public_words import NumbersTyped


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("41 af dem siger det", ["41"]),
        ("Det er 43 %", ["43"]),
        ("kl. 22.30", ["22.30"]),
        ("２ gange", ["2"]),
        ("halvdelen eller ½", ["1", "2"]),
        ("٣ af os", ["٣"]),
        ("U2 af 5 X3 B0", ["5", "X3", "B0"]),
        ("én sagde det", ["én"]),
        ("e\N{COMBINING ACUTE ACCENT}n sagde det", ["én"]),
        ("k\N{ZERO WIDTH SPACE}un os", ["kun"]),
        ("To og tre, kun fire", ["To", "tre", "kun", "fire"]),
        ("Næsten alle var enige, alle sagde det, ingen andet", ["Næsten alle", "alle", "ingen"]),
    ],
)
def test_typed_numbers_and_number_words_are_found(text: str, found: list[str]) -> None:
    assert public_words.counts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "De siger en ting: døren er låst.",
        "Tonen er god, totalt set, alligevel.",
        "[[2026-Q1 T5 DK ADG]] siger det.",
        "Fra [ikke et antal: 1. marts] kl. [ikke et antal: 22].",
        "After [not a count: § 85 a].",
        "Se U2 og R13.",
    ],
)
def test_words_references_and_marked_dates_pass(text: str) -> None:
    public_words.check(text)


def test_english_is_read_as_english() -> None:
    assert public_words.counts("Only two said so to us, almost all.", lang="en") == ["Only", "two", "almost all"]
    assert public_words.counts("They came to us", lang="en") == []


def test_the_refusal_names_what_was_typed_once(app: object) -> None:
    with pytest.raises(NumbersTyped) as refused:
        public_words.check("12 og 12 og kun")

    assert str(refused.value).count("12") == 1
    assert "kun" in str(refused.value)


def test_marks_are_not_shown_but_can_be_listed() -> None:
    text = "Fra [ikke et antal: 1. marts] er der åbent."

    assert public_words.unmarked(text) == "Fra 1. marts er der åbent."
    assert public_words.marked(text) == ["1. marts"]
