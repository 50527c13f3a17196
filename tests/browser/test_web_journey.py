"""The citizens' pages in Chromium without scripts: there and back, sent once, taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.channels.web import factories


def next_one(page: Page, *boxes: str) -> None:
    for box in boxes:
        page.check(f"#{box}")
    page.click("button[value=next]")


def to_last_page(page: Page) -> Page:
    page.click("button[value=start]")
    next_one(page, "a4")
    next_one(page, "a1", "a5")
    next_one(page, "a1")
    next_one(page, "a1")
    return page


@pytest.mark.parametrize(("lang", "thanks"), [("da", "Tak."), ("en", "Thank you."), ("ar", "شكرًا")])
def test_a_journey_without_script_ends_in_thanks(open_page: OpenPage, lang: str, thanks: str) -> None:
    page = to_last_page(open_page("/s/GH1", lang=lang))
    page.fill("textarea", "Flere senge")
    page.check("#code")
    page.click("button[value=send]")

    expect(page.locator("h1")).to_contain_text(thanks)
    assert len((page.text_content(".c") or "").split()) == 4
    assert len(factories.stored()) == 1


def test_the_back_button_shows_the_page_before_and_reload_changes_nothing(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.click("button[value=start]")
    next_one(page, "a4")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Hvordan var det at være her i dag?")
    page.go_forward()
    page.reload()

    expect(page.locator("h1")).to_have_text("Hvad betød mest for dig i dag?")
    next_one(page, "a2")
    expect(page.locator("h1")).to_have_text("Følte du dig tryg her i dag?")


def test_back_from_thanks_and_send_again_is_one_answer(open_page: OpenPage) -> None:
    page = to_last_page(open_page("/s/GH1"))
    page.check("#code")
    page.click("button[value=send]")
    words = page.text_content(".c")
    page.reload()
    assert page.text_content(".c") == words
    page.go_back()

    assert (page.text_content("h1") or "").startswith("Fortæl os om")
    assert len(factories.stored()) == 1


def test_an_answer_is_looked_up_and_taken_back(open_page: OpenPage) -> None:
    page = to_last_page(open_page("/s/GH1"))
    page.check("#code")
    page.click("button[value=send]")
    words = page.text_content(".c") or ""
    page.goto("/kvittering")
    page.fill("#kode", words.upper())
    page.click("main button")
    expect(page.locator("main")).to_contain_text("Ingen har læst det endnu.")
    page.click("text=Slet mit svar")
    page.click("button[value=delete]")

    expect(page.locator("h1")).to_have_text("Dit svar er slettet")
    assert factories.stored() == []


def test_the_keyboard_is_enough(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.focus("button[value=start]")
    page.keyboard.press("Enter")
    page.focus("#a1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Hvad betød mest for dig i dag?")


def test_what_is_wrong_leads_to_the_first_box(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.click("button[value=start]")
    page.click("button[value=next]")
    page.click(".e a")
    page.keyboard.press("Tab")

    assert page.url.endswith("#a1")
    assert page.title().startswith("Fejl: ")
