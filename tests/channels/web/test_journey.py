"""From the poster to "Thank you", in three languages, the way people go."""

import pytest

from app.core import db
from app.privacy import sealing
from app.surveys.models import Answer
from tests.channels.web import factories
from tests.channels.web.conftest import Arrive
from tests.channels.web.visitor import Visitor

WORDS = {"da": "Flere senge om natten", "en": "More beds at night", "ar": "أسرّة أكثر في الليل"}
FIRST = {"da": "Hvordan var det at være her i dag?", "en": "How was it to be here today?"}


def to_last_page(visitor: Visitor) -> Visitor:
    visitor.visit("/s/GH1").press("start")
    visitor.press("next", answer="4").press("next", answer=["staff", "food"])
    return visitor.press("next", answer="yes").press("next", answer="yes")


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_a_whole_run_is_stored_with_its_words_sealed(arrive: Arrive, lang: str) -> None:
    visitor = to_last_page(arrive(lang))
    visitor.press("send", **{"words-change": WORDS[lang], "show": "1"})

    (response,) = factories.stored()
    assert visitor.page.status == 200
    assert (response.site_code, response.channel, response.lang, response.week) == ("GH1", "web", lang, "2026-W10")
    assert response.quote_ok
    assert factories.answers(response) == {
        "today": ("value", "4"),
        "mattered": ("value", "staff,food"),
        "safe": ("value", "yes"),
        "respect": ("value", "yes"),
        "change": ("words", None),
    }
    kept = next(answer for answer in db.db.session.query(Answer) if answer.sealed)
    assert sealing.unseal(kept.sealed or b"", answer_id=kept.id, month=kept.month) == WORDS[lang]


@pytest.mark.parametrize(("words", "is_urgent"), [("Jeg vil ikke leve mere", True), ("Flere senge om natten", False)])
def test_words_of_danger_are_marked_so_that_they_are_read_first(arrive: Arrive, words: str, is_urgent: bool) -> None:
    to_last_page(arrive()).press("send", **{"words-change": words})

    kept = next(answer for answer in db.db.session.query(Answer) if answer.sealed)
    assert kept.is_urgent is is_urgent


def test_the_poster_code_is_read_as_people_write_it(arrive: Arrive) -> None:
    for written in ("/s/gh1", "/S/GH1", "/s/gh-1", "/?kode=gh+1", "/?kode=GH-1."):
        assert "Gadens Hus Ankeret" in arrive().visit(written).page.h1


def test_the_start_page_promises_before_it_asks(arrive: Arrive) -> None:
    page = arrive().visit("/s/GH1").page

    for sentence in (
        "5 korte spørgsmål om stedet. Det tager cirka 1 minut.",
        "Vi spørger ikke om dit navn.",
        "Du kan springe alt over.",
        "Det ændrer ikke den hjælp, du får.",
        "De ser kun tal fra mindst 10 svar.",
    ):
        assert sentence in page.text


def test_a_branch_opens_only_for_who_was_not_safe(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("skip").press("skip")

    assert visitor.press("next", answer="no").page.h1 == "Hvor var det ikke trygt?"
    visitor.follow("Tilbage").press("next", answer="yes")
    assert visitor.page.h1 == "Blev du mødt med respekt?"


def test_a_branch_that_closed_again_is_not_stored(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("skip").press("skip").press("next", answer="no")
    visitor.press("next", answer="door").press("skip")
    visitor.follow("Ret", 2).press("next", answer="yes")
    visitor.press("send")

    (response,) = factories.stored()
    assert "where" not in factories.answers(response)


def test_skipped_declined_and_not_reached_are_not_the_same(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("skip").press("skip").press("next", answer="declined")
    visitor.press("skip").press("send")

    said = factories.answers(factories.stored()[0])
    assert said["today"] == ("skipped", None)
    assert said["safe"] == ("value", "declined")
    assert said["change"] == ("skipped", None)
    assert "where" not in said


def test_back_shows_the_page_before_with_what_was_chosen(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer="2")
    visitor.follow("Tilbage")

    chosen = [field.get("value") for field in visitor.page.all("input") if field.get("checked") is not None]
    assert visitor.page.h1 == FIRST["da"]
    assert chosen == ["2"]
    assert visitor.follow("Tilbage").page.h1.startswith("Fortæl os om")


def test_no_question_comes_with_an_answer(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start")

    for _ in range(4):
        assert not [field for field in visitor.page.all("input") if field.get("checked") is not None]
        visitor.press("skip")


def test_a_correction_leads_straight_back_to_the_last_page(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    visitor.follow("Ret", 0).press("next", answer="1")

    assert visitor.page.h1 == "Dine svar"
    assert "Meget dårligt" in visitor.page.text


def test_a_reload_changes_nothing(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer="2")
    before = visitor.page

    assert visitor.visit(before.address).page.h1 == before.h1
    assert factories.stored() == []


def test_the_most_important_things_are_asked_on_three_pages(arrive: Arrive) -> None:
    factories.site("GH3", web_survey="track_core")
    visitor = arrive().visit("/s/GH3").press("start").press("next", answer="home")
    visitor.press("next", answer="money").follow("Tilbage").press("next", answer="bed").press("next", answer="hours")
    visitor.press("next", answer="other")
    visitor.press("send", **{"words-keep_other": "Katten", "words-council": ""})

    said = factories.answers(factories.stored()[0])
    assert said["first"] == ("value", "home,bed,hours")
    assert said["keep_other"] == ("words", None)
    assert said["council"] == ("skipped", None)


def test_stopping_after_the_most_important_keeps_it(arrive: Arrive) -> None:
    factories.site("GH3", web_survey="track_core")
    visitor = arrive().visit("/s/GH3").press("start").press("next", answer="home").press("skip")
    visitor.press("skip").press("send")

    assert factories.answers(factories.stored()[0])["first"] == ("value", "home")


def test_every_type_of_question_can_be_answered(arrive: Arrive) -> None:
    factories.publish_every_type()
    visitor = arrive().visit("/s/GH1").press("start", helped="staff")
    for answer in ("5", "1", "yes", "b", "c", ["a", "c"], "b", "a", "c", "10", "31", "a"):
        visitor.press("next", answer=answer)
    visitor.press("send", **{"words-tx": "Ord", "words-nt": "Noteret"})

    (response,) = factories.stored()
    said = factories.answers(response)
    assert response.helped == "staff"
    assert {name: value for name, (_, value) in said.items()} == {
        "s5": "5", "s3": "1", "yn": "yes", "ch": "b", "pc": "c", "pk": "a,c", "rk": "b,a,c", "sc": "10", "nr": "31",
        "pl": "a", "tx": None, "nt": None,
    }  # fmt: skip


def test_a_note_is_asked_only_where_somebody_helps(arrive: Arrive) -> None:
    factories.publish_every_type()
    visitor = arrive().visit("/s/GH1").press("start")
    for _ in range(10):
        visitor.press("skip")

    assert [area.get("name") for area in visitor.page.all("textarea")] == ["words-tx"]


def test_titles_never_say_what_was_asked(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start")

    for number in range(1, 5):
        assert visitor.page.title == f"Spørgsmål {number} af 5 – Gadens Stemme"
        visitor.press("skip")


def test_delete_everything_stores_nothing_and_ends_the_run(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    address = visitor.page.address
    visitor.press("delete", **{"words-change": "Fortrudt"})

    assert "Dine svar er slettet. Intet er gemt." in visitor.page.text
    assert factories.stored() == []
    assert visitor.visit(address).page.h1.startswith("Fortæl os om")


def test_an_address_of_a_run_that_was_sent_shows_the_start_page(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    address = visitor.page.address
    visitor.press("send")

    assert visitor.visit(address).page.h1.startswith("Fortæl os om")


def test_the_language_follows_through_the_chain(arrive: Arrive) -> None:
    visitor = arrive("da").visit("/s/GH1?lang=ar").press("start").press("skip")

    assert visitor.page.tree.get("lang") == "ar"
    assert visitor.page.tree.get("dir") == "rtl"
    assert "lang=ar" in next(link.get("href", "") for link in visitor.page.all("a") if "hjaelp" in link.get("href", ""))
