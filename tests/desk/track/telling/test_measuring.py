"""What stands in the way of telling something: length, reading ease, dear signs, words of offices."""

from flask import Flask

from app.desk.track.telling import measuring
from app.publication.told import Wording

EASY = "Døren er låst om aftenen."
"""Five words, one of them over six letters; said twice: 10 / 2 + 100 · 2 / 10 = 25."""
HARD = "Nu kan man komme ind og sidde her hele aftenen og morgenen."
"""After the sentence above: 17 / 2 + 100 · 3 / 17 = 26.1."""


def faults(channel: str, body: str, *, said: str = "Der er koldt.", lang: str = "da") -> str:
    return " ".join(measuring.measure("did", Wording(channel, lang, said, body)).faults)


def test_what_cannot_be_told_is_named(app: Flask) -> None:
    hard = [
        ("web", "ja " * 200, "There is room for 600."),
        ("poster", "ja " * 80, "There is room for 220."),
        ("kiosk", "ja " * 42, "There is room for 140."),
        ("sms", "ja, " * 34 + "ok.", "One text message has room for 160."),
        ("sms", "nu – og her.", "Write - instead."),
        ("sms", "Her er 😀 nu.", "Leave it out."),
        ("web", "Nu er her varmt!", "No exclamation marks"),
        ("web", "Nu er her VARMT.", "is in capitals"),
        ("web", "Nu er her varmt for brugerne.", "is a word we do not use about people"),
        ("web", "Vi har en ny indsats.", "“indsats” is a word of offices"),
        ("web", "Vi åbner i forbindelse med jul.", "“i forbindelse med” is a word of offices"),
        ("web", "Tre får en nøgle.", "Numbers are never typed: Tre."),
        ("web", "todo", "is only a placeholder"),
        ("web", "", "Write both what people said"),
    ]
    with app.test_request_context("/?lang=en"):
        for channel, body, fault in hard:
            assert fault in faults(channel, body)


def test_nobody_who_works_here_is_named(app: Flask) -> None:
    named = {"Stine", "Bo"}

    def found(body: str) -> str:
        return " ".join(measuring.measure("did", Wording("web", "da", "Der er koldt.", body), named).faults)

    with app.test_request_context("/?lang=en"):
        assert "“Stine” is the name of somebody who works here" in found("Nu har Stine åbnet døren.")
        assert "“Stines” is the name" in found("Det er Stines nøgle.")
        assert found("Nu kan man bo her.") == "", "the same letters, and no name"


def test_plain_words_can_be_told_everywhere(app: Flask) -> None:
    for channel in ("web", "poster", "kiosk", "sms"):
        assert faults(channel, "Nu er her varmt hele dagen.") == ""
        assert faults(channel, "Now it is warm all day.", said="It is cold.", lang="en") != "", "all is a number word"
        assert faults(channel, "Now it is warm here.", said="It is cold.", lang="en") == ""


def test_a_lix_of_25_can_be_told_and_26_cannot(app: Flask) -> None:
    assert measuring.measure("did", Wording("web", "da", EASY, EASY)).lix == 25
    assert faults("web", EASY, said=EASY) == ""
    with app.test_request_context("/?lang=en"):
        assert faults("web", HARD, said=EASY) == "LIX is 26. It may be 25 at most."


def test_a_date_is_no_number_and_a_figure_makes_no_text_message_dear(app: Flask) -> None:
    assert faults("sms", "Her er åbent fra [ikke et antal: 1. marts].") == ""

    found = measuring.measure("did", Wording("sms", "da", "Der er koldt.", "Det sagde [[2026-Q1 T5 DK ADG]]."))
    assert found.cost is not None
    assert found.cost.encoding == "GSM-7"
