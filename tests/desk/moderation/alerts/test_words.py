"""The alert list finds a word in any form and with one letter wrong, and leaves ordinary words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import folding
from app.desk.moderation.alerts import listing, words

ORDINARY = (
    "Det er trangt i køkkenet, og der er fanta i køleskabet",
    "Festen var fin, men panelet sagde at fantasien manglede",
    "Nitten personer sov i natten, en nat igen",
    "Jeg får metadon og medicin hver morgen",
    "Vi har brug for mere liv og lys om vinteren",
)


@pytest.mark.parametrize(
    "said",
    [
        "Der er fentanyl i omløb",
        "FENTANYLEN er tilbage",
        "det var fentanil",
        "de sælger fentannyl",
        "fetnanyl i poserne",
        "nitazener overalt",
        "noget med nitasen",
        "xylazinsår på benene",
        "Xylacin",
        "u-47700 eller noget",
        "det hedder tranq",
    ],
)
def test_a_word_of_the_list_is_found(said: str) -> None:
    assert words.hit(said, listing.shipped())


@pytest.mark.parametrize("said", ORDINARY)
def test_ordinary_words_are_left_alone(said: str) -> None:
    assert words.hit(said, listing.shipped()) is None


def test_words_side_by_side_are_one_entry() -> None:
    assert words.hit("De blå piller fra i går", ["blå piller"])
    assert words.hit("Blå himmel og gule piller", ["blå piller"]) is None


def test_an_entry_without_letters_finds_nothing() -> None:
    assert words.hit("hvad som helst", ["–"]) is None


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("abc", "abc", True), ("abc", "ab", True), ("abc", "abcd", True), ("abc", "axc", True), ("abc", "acb", True),
        ("abc", "cab", False), ("abc", "a", False), ("abcd", "abxy", False), ("", "a", True), ("abc", "bca", False),
    ],
)  # fmt: skip
def test_one_letter_is_one_letter(one: str, other: str, is_near: bool) -> None:
    assert words.within_one(one, other) is is_near
    assert words.within_one(other, one) is is_near


@given(st.sampled_from(sorted(w for w in listing.shipped() if len(w) > 6 and w.isalpha())), st.data())
def test_every_single_slip_of_a_longer_word_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyzæøå"))
    left_out, put_in, changed = word[at + 1 :], letter + word[at:], letter + word[at + 1 :]
    slip = word[:at] + data.draw(st.sampled_from([left_out, put_in, changed]))

    if len(folding.fold(slip)) == len(slip):  # æ, ø and å are two letters once folded
        assert words.hit(f"der er {slip} i omløb", listing.shipped())
