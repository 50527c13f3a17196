"""Help is never a wrong number, and the statement of accessibility is one press away from everywhere."""

import re
from collections.abc import Collection
from dataclasses import replace

import pytest
from flask import Flask

from app.core import config
from app.core.i18n import LANGUAGES
from app.surveys import help_lines
from app.surveys.help_lines import HelpLine
from tests.channels.web import album
from tests.channels.web.conftest import Arrive
from tests.channels.web.visitor import Page, text_of

ALARM = "112"


def numbers(page: Page) -> set[str]:
    """Every number a telephone is handed on this page."""
    return {link.get("href", "").removeprefix("tel:") for link in page.all("a") if link.get("href", "")[:4] == "tel:"}


def wrong_numbers(page: Page, allowed: Collection[HelpLine]) -> set[str]:
    """Numbers no allowed line has, and 112 where it is missing."""
    return (numbers(page) ^ {ALARM}) - {line.dial for line in allowed if line.dial}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_112_stands_on_every_page_in_every_language(lang: str) -> None:
    assert [name for name, page in album.of(lang).items() if ALARM not in numbers(page)] == []


@pytest.mark.parametrize(("code", "region"), [("GH1", "hovedstaden"), ("MUE2", "nordjylland"), ("SIR1", "midtjylland")])
def test_a_place_is_given_no_line_of_another_region(arrive: Arrive, code: str, region: str) -> None:
    here = [line for line in help_lines.every().lines if line.region in (region, "national")]

    assert wrong_numbers(arrive().visit(f"/hjaelp?sted={code}").page, here) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_production_gives_nobody_a_number_that_no_one_has_confirmed(app: Flask, arrive: Arrive, lang: str) -> None:
    assert all(line.verified_on is None for line in help_lines.every().lines), "then these tests must name which"
    app.extensions["settings"] = replace(config.settings(), env="production")
    page = arrive(lang).visit(f"/hjaelp?sted=GH1&lang={lang}").page

    assert wrong_numbers(page, ()) == set()


def test_no_line_is_shown_without_a_number_to_call(arrive: Arrive) -> None:
    page = arrive().visit("/hjaelp").page

    assert [line for line in page.all("li") if line.get("class") == "y" and not list(line.iter("a"))] == []


def test_a_wrong_number_or_a_missing_112_is_found() -> None:
    page = album.of("da")["help"]
    for spoilt in (
        page.html.replace("tel:112", "tel:113"),
        page.html.replace("</main>", '<a href="tel:1">1</a></main>'),
    ):
        assert wrong_numbers(Page("/hjaelp", 200, spoilt, 0), help_lines.every().lines)


def test_the_link_to_the_statement_has_the_name_of_the_law_on_every_page() -> None:
    for name, page in album.of("da").items():
        links = {text_of(link): link.get("href") for link in next(page.all("footer")).iter("a")}

        assert (links["Tilgængelighedserklæring"] or "").partition("?")[0] == "/was", name


@pytest.mark.parametrize("address", [None, "https://was.digst.dk/gadens-stemme-dk"])
def test_the_statement_leads_to_the_authority_or_else_to_ours(app: Flask, arrive: Arrive, address: str | None) -> None:
    app.extensions["settings"] = replace(config.settings(), was_url=address)
    response = arrive().client.get("/was")

    assert response.status_code == 302
    assert response.headers["Location"] == (address or "/tilgaengelighed")


def test_who_meets_a_barrier_can_call_and_write(arrive: Arrive) -> None:
    text = arrive().visit("/tilgaengelighed").page.text

    assert re.search(r"Skriv eller ring til \+?[\d ]{8,}", text)
    assert "Digitaliseringsstyrelsen" in text
