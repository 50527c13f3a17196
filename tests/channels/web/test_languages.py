"""The citizens' pages in languages nobody has read: marked, never mixed within a sentence, and by a place's choice."""

from dataclasses import replace

import pytest
from flask import Flask

from app.core import config, db, i18n
from app.surveys import sites
from tests.channels.web.conftest import Arrive
from tests.channels.web.visitor import Page, text_of

MACHINES = ("pl", "ro", "ar", "fa", "so")
MARK = {
    "pl": "Tę stronę przetłumaczyła maszyna. Nikt jej jeszcze nie przeczytał.",
    "ro": "O mașină a tradus pagina. Nimeni nu a citit-o încă.",
    "ar": "ترجمت آلة هذه الصفحة. لم يقرأها أحد بعد.",
    "fa": "این صفحه را ماشین ترجمه کرده است. هنوز کسی آن را نخوانده است.",
    "so": "Boggan mashiin ayaa turjumay. Weli qofna ma akhrin.",
    "kl": "Qupperneq maskiinamit nutserneqarpoq. Suli kimilluunniit atuarneqanngilaq.",
}


def marks(page: Page) -> list[str]:
    return [text_of(one) for one in page.all("p") if one.get("class") == "m"]


def languages_in(page: Page) -> set[str]:
    """Of the page and of every sentence that says which one it is in; names of places and languages are Danish."""
    return {str(page.tree.get("lang"))} | {str(one.get("lang")) for one in page.all("span") if one.get("lang")}


def languages_named(page: Page) -> set[str | None]:
    return {one.get("lang") for one in next(page.all("nav")).iter() if one.tag in ("a", "b")}


@pytest.fixture
def production(app: Flask, content: None) -> None:
    app.extensions["settings"] = replace(config.settings(), env="production")


@pytest.fixture
def only_arabic(production: None) -> None:
    """GH1 chose Arabic; nobody chose another."""
    for site in sites.queries.sites():
        site.languages = ["da", "en", "ar"] if site.code == "GH1" else ["da", "en"]
    db.db.session.commit()


@pytest.mark.parametrize("lang", MARK)
def test_the_mark_stands_on_the_page_in_its_own_language(arrive: Arrive, lang: str) -> None:
    assert marks(arrive(lang).visit("/s/GH1").page) == [MARK[lang]]


@pytest.mark.parametrize("lang", MACHINES)
def test_a_whole_survey_is_asked_in_the_language(arrive: Arrive, lang: str) -> None:
    visitor = arrive(lang).visit("/s/GH1").press("start")
    while "words-change" not in [one.get("name") for one in visitor.page.all("textarea")]:
        assert languages_in(visitor.page) == {lang}
        visitor.press("skip")
    visitor.press("send", code="1")

    assert languages_in(visitor.page) == {lang}
    assert visitor.page.tree.get("dir") == ("rtl" if lang in ("ar", "fa") else "ltr")


def test_greenlandic_falls_back_to_danish_sentence_by_sentence(arrive: Arrive) -> None:
    page = arrive("kl").visit("/s/GH1").press("start").page

    assert languages_in(page) == {"kl", "da"}
    assert text_of(next(page.all("h1"))) == "Hvordan var det at være her i dag?"
    assert "Ajunngilluinnarpoq" in page.text


def test_a_day_within_a_danish_sentence_is_danish(arrive: Arrive) -> None:
    visitor = arrive("kl").visit("/s/GH1").press("start")
    for _ in range(4):
        visitor.press("skip")

    assert "Vi læser dit svar senest lørdag 7. marts." in visitor.press("send").page.text


@pytest.mark.parametrize("lang", [*MACHINES, "kl"])
def test_a_sentence_in_another_language_holds_no_sentence_of_a_third(arrive: Arrive, lang: str) -> None:
    visitor = arrive(lang)
    for address in ("/", "/s/GH1", "/kvittering", "/privatliv", "/hjaelp?sted=GH1", "/tilgaengelighed"):
        for span in visitor.visit(address).page.all("span"):
            assert not span.get("lang") or [inner.get("lang") for inner in span.iter("span")] == [span.get("lang")]


@pytest.mark.parametrize("address", ["/privatliv", "/hjaelp", "/hjaelp?sted=GH1"])
@pytest.mark.parametrize(("lang", "read"), [("pl", "en"), ("ar", "en"), ("kl", "da")])
def test_the_promise_and_help_are_read_words_in_production(
    production: None, arrive: Arrive, address: str, lang: str, read: str
) -> None:
    page = arrive(lang).visit(address).page

    assert languages_in(page) == {read}
    assert marks(page) == []


@pytest.mark.usefixtures("production")
def test_deletion_is_read_words_in_production_from_beginning_to_end(arrive: Arrive) -> None:
    visitor = arrive("so").visit("/s/GH1").press("start")
    for _ in range(4):
        visitor.press("skip")
    assert "Delete everything" in visitor.page.text
    visitor.press("delete")

    assert "Your answers are deleted. Nothing was stored." in visitor.page.text
    assert visitor.page.tree.get("lang") == "so"


def test_a_place_shows_a_language_nobody_has_read_only_by_its_own_choice(only_arabic: None, arrive: Arrive) -> None:
    visitor = arrive("ar")

    assert visitor.visit("/s/GH1").page.tree.get("lang") == "ar"
    assert visitor.visit("/s/GH2").page.tree.get("lang") == "en"


def test_words_handed_back_stand_in_a_language_of_the_place(only_arabic: None, arrive: Arrive) -> None:
    visitor = arrive("ar").visit("/s/GH1").press("start")
    for _ in range(4):
        visitor.press("skip")
    response = visitor.client.post(
        "/s/GH2", data={"t": "dead", "act": "send", "words-change": "Flere senge"}, headers={"Accept-Language": "ar"}
    )
    html = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "Flere senge" in html
    assert '<html lang="en"' in html


@pytest.mark.parametrize(("lang", "shown"), [("ar", "ar"), ("pl", "en"), ("kl", "da"), ("da", "da")])
def test_pages_of_no_place_show_what_some_place_chose(only_arabic: None, arrive: Arrive, lang: str, shown: str) -> None:
    visitor = arrive(lang)

    for address in ("/", "/kvittering", "/tilgaengelighed", "/resultater"):
        assert visitor.visit(address).page.tree.get("lang") == shown


def test_the_front_page_names_only_languages_that_are_shown(only_arabic: None, arrive: Arrive) -> None:
    assert languages_named(arrive("en").visit("/").page) == {"da", "en", "ar"}


def test_before_production_every_language_can_be_tried(arrive: Arrive) -> None:
    assert languages_named(arrive().visit("/").page) == set(i18n.LANGUAGES)
