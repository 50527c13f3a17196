"""Masks in a browser: words selected with the mouse, details pointed at, masking later, reading again, translating."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.widths import too_wide
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories

SAID = "😡 Køen 🦜 til badet er lang. Hende med papegøjen og Karsten griner 😡 højt, fentanyl"
SHOWN = "😡 Køen 🦜 [sted] er lang. Hende med [detalje] og [navn] griner 😡 højt, fentanyl"
FOCUSED = "() => document.activeElement?.id"
WATCH = """document.addEventListener('securitypolicyviolation', () => { document.title = 'violated' })"""
READ = """() => {
  const shown = document.querySelector('.said-by-citizen').cloneNode(true);
  for (const unseen of shown.querySelectorAll('.unseen')) unseen.remove();
  return shown.textContent;
}"""
SELECT = """([from, to]) => {
  const walker = document.createTreeWalker(document.querySelector('.said-by-citizen'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.includes(from)) range.setStart(node, node.data.indexOf(from) + 1);
    if (node.data.includes(to)) range.setEnd(node, node.data.indexOf(to) + 2);
  }
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""
"""Selects from within the one word to within the other, as a mouse does."""


@pytest.fixture
def texts(live_server: str, app: Flask) -> list[str]:
    """The addresses of a text to mask and of one in another language."""
    factories.the_codebook()
    busy = factories.a_text(SAID, week="2026-W07")
    polish = factories.a_text("Kolejka do prysznica jest za długa", week="2026-W08", lang="pl")
    return [f"/desk/statements/{text_id.hex()}" for text_id in (busy, polish)]


def signed_in(chromium: Browser, live_server: str, role: str) -> Page:
    token = session.begin(accounts.a_user(role), clock.now())
    db.db.session.commit()
    context = chromium.new_context(base_url=live_server, locale="da")
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(WATCH)
    return page


@pytest.fixture
def page(chromium: Browser, live_server: str, texts: list[str]) -> Iterator[Page]:
    """A moderator's browser."""
    page = signed_in(chromium, live_server, "moderator")
    yield page
    page.context.close()


def the_text(page: Page) -> str:
    """What is read on the screen; the words for screen readers are left out."""
    return str(page.evaluate(READ)).strip()


def mask_selected(page: Page, first: str, last: str, type_: str) -> None:
    page.evaluate(SELECT, [first, last])
    page.click("#mask-selected")
    page.wait_for_function("() => document.activeElement?.id === 'mask-type'")
    page.select_option("#mask-type", type_)
    page.click("#mask-button")


def approve(page: Page) -> None:
    for question in page.locator("input[name=asked]").all():
        question.check()
    page.click("#approve-button")


def test_a_text_is_masked_with_the_mouse_approved_masked_further_and_read_again(page: Page, texts: list[str]) -> None:
    page.goto(texts[0])
    assert page.is_visible(".alerts")
    assert page.is_hidden("#mask-selected")

    page.click("[id^=point-button]")
    page.wait_for_function("() => document.activeElement?.id === 'masks-heading'")
    mask_selected(page, "til", "badet", "place")
    page.wait_for_selector("mark:has-text('[sted]')")
    assert the_text(page) == SHOWN
    approve(page)
    page.wait_for_url(f"**{texts[1]}*")

    page.goto(texts[0])
    mask_selected(page, "lang", "lang", "detail")
    page.wait_for_selector("mark:nth-of-type(2)")
    assert the_text(page) == SHOWN.replace("lang.", "[detalje]")

    page.click(".read-again > summary")
    page.click("#reopen-button")
    page.wait_for_selector("#approve-button")
    assert the_text(page) == SHOWN.replace("lang.", "[detalje]")
    assert "violated" not in page.title()


def test_a_translation_is_kept_and_the_text_approved_with_it(page: Page, texts: list[str]) -> None:
    page.goto(texts[1])
    page.fill("#translated", "Køen er for lang, siger Karsten")

    page.click("#translate-button")
    page.wait_for_function("() => document.getElementById('translated').value.includes('[navn]')")
    approve(page)
    page.wait_for_url(f"**{texts[0]}*")
    page.goto(texts[1])

    assert "Køen er for lang, siger [navn]" in page.inner_text(".translated")


def test_every_page_of_masks_fits_and_axe_finds_nothing(
    page: Page, texts: list[str], chromium: Browser, live_server: str
) -> None:
    done = factories.a_text("Spørg efter Karsten den 14. maj", lang="pl")
    factories.approve(done, factories.a_moderator())
    admin = signed_in(chromium, live_server, "admin")
    addresses = [texts[0], f"/desk/statements/{done.hex()}", "/desk/translations"]
    for browser, address in [*((page, address) for address in addresses), (admin, "/desk/alerts")]:
        browser.set_viewport_size({"width": 1280, "height": 800})
        browser.goto(address)
        browser.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        found = Axe().run(browser).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address

        browser.set_viewport_size({"width": 320, "height": 800})
        assert too_wide(browser) <= 0, address
    admin.context.close()
