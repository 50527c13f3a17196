"""What the pages around the survey say, and in which language."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.core import config
from tests.channels.web import factories
from tests.channels.web.conftest import Arrive
from tests.channels.web.visitor import Visitor, text_of

PAGES = (
    "/", "/s/GH1", "/s/GH1?slettet=1", "/s/XX9", "/s/SIR2", "/kvittering", "/hjaelp", "/hjaelp?sted=GH1",
    "/hjaelp?sted=MUE2", "/privatliv", "/moderation", "/tilgaengelighed", "/was", "/findes-ikke",
)  # fmt: skip
COMPLETE = ("da", "en", "ar")


@pytest.fixture
def visitor(arrive: Arrive) -> Visitor:
    factories.site("SIR2", is_open=False)
    return arrive()


@pytest.mark.parametrize("lang", COMPLETE)
def test_every_question_keeps_the_rules_also_when_something_is_missing(arrive: Arrive, lang: str) -> None:
    factories.publish_every_type()
    visitor = arrive(lang).visit("/s/GH1").press("start", helped="peer")
    for _ in range(10):
        assert visitor.press("next").page.status == 422
        visitor.press("skip")
    visitor.press("send", **{"words-tx": "x" * 2001})

    assert visitor.page.status == 422
    assert len(list(visitor.page.all("textarea"))) == 2


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", COMPLETE)
def test_our_own_sentences_are_all_in_the_language(visitor: Visitor, address: str, lang: str) -> None:
    visitor.visit(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    ours = [one for one in visitor.page.all("span") if one.get("lang") not in (None, lang)]

    if not address.startswith("/hjaelp"):  # help lines are never translated by a machine
        assert [text_of(one) for one in ours] == []


@pytest.mark.parametrize("lang", ["pl", "ro", "so", "fa"])
def test_a_sentence_without_translation_is_english_and_says_so(visitor: Visitor, lang: str) -> None:
    heading = next(visitor.visit(f"/privatliv?lang={lang}").page.all("h1"))

    assert [span.get("lang") for span in heading.iter("span")] in ([], ["en"])
    assert heading.find("span") is None or text_of(heading) == "How we look after what you say"


def test_a_sentence_without_greenlandic_is_danish(visitor: Visitor) -> None:
    heading = next(visitor.visit("/privatliv?lang=kl").page.all("h1"))

    assert [span.get("lang") for span in heading.iter("span")] in ([], ["da"])


@pytest.mark.parametrize(("lang", "marks"), [("da", 0), ("en", 0), ("ar", 1)])
def test_a_page_nobody_has_read_says_so(visitor: Visitor, lang: str, marks: int) -> None:
    page = visitor.visit(f"/?lang={lang}").page

    assert len([one for one in page.all("p") if one.get("class") == "m"]) == marks


def test_the_footer_leads_to_help_the_statement_and_away(visitor: Visitor) -> None:
    for address in PAGES:
        page = visitor.visit(address).page
        links = {text_of(link): link.get("href") for link in next(page.all("footer")).iter("a")}

        assert links["Tilgængelighedserklæring"] == "/was"
        assert (links["Få hjælp nu"] or "").startswith("/hjaelp")
        assert links["Ring 112."] == "tel:112"
        assert (links["Forlad siden"] or "").startswith("https://")
        assert "Din telefon husker stadig, at du var her." in page.text


def test_the_promise_names_who_gets_what(visitor: Visitor) -> None:
    text = visitor.visit("/privatliv").page.text

    for name in ("ret", "SMS-firmaet", "teleselskab", "Politiet", "kode", "Opera Mini", "historikken", "30 dage"):
        assert name in text
    assert "Du skal ikke sige, hvem du er. Vi gemmer ikke dit navn eller dit nummer." in text


def test_the_promise_says_where_the_carrier_keeps_what_we_cannot_delete(app: Flask, visitor: Visitor) -> None:
    app.extensions["settings"] = replace(config.settings(), sms_provider="gatewayapi")
    text = visitor.visit("/privatliv").page.text

    assert "SMS-firmaet gemmer din besked i en tid, og vi kan ikke slette den der." in text
    assert "Vi sletter din besked hos SMS-firmaet" not in text


def test_help_gives_112_the_house_and_the_nearest_line_first(visitor: Visitor) -> None:
    page = visitor.visit("/hjaelp?sted=GH1").page

    assert re.search(r"Ring 112\..*Sig det til en, der arbejder i huset\..*1813", page.text)
    assert "98 12 32 92" not in page.text  # a line of Aalborg


def test_languages_are_named_in_themselves(visitor: Visitor) -> None:
    page = visitor.visit("/").page

    assert {link.get("lang"): text_of(link) for link in next(page.all("nav")).iter("a")}["ar"] == "العربية"


def test_the_language_is_kept_by_links_and_by_nothing_else(visitor: Visitor) -> None:
    arabic = visitor.visit("/?lang=ar").page
    inside = [link.get("href", "") for link in arabic.all("a") if link.get("href", "").startswith("/")]

    assert all("lang=" in address for address in inside)
    assert visitor.visit("/").page.tree.get("lang") == "da"
