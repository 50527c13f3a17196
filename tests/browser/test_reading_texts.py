"""Reading texts in a browser: with and without script, on the narrowest screen, to axe, by keyboard focus."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.widths import too_wide
from tests.desk.moderation import factories

CALM = "Der er altid kaffe."
BUSY = "Køen til badet er lang 😡. Spørg efter Karsten eller ring 12 34 56 78."
TOO_LOW = """() => [...document.querySelectorAll("main :is(button, summary, label, .trays a, .steps a)")]
  .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 24)
  .map((one) => one.outerHTML)"""
FOCUSED = "() => document.activeElement?.id"
WATCH = """document.addEventListener('securitypolicyviolation', () => { document.title = 'violated' })"""


@pytest.fixture
def texts(live_server: str, app: Flask) -> list[str]:
    """The addresses of a text with marks, one without, one that is urgent and one that is approved."""
    factories.the_codebook()
    busy = factories.a_text(BUSY, week="2026-W07")
    calm = factories.a_text(CALM, week="2026-W08")
    urgent = factories.a_text("Jeg kan ikke mere", week="2026-W09", is_urgent=True)
    done = factories.a_text("Badet er koldt", week="2026-W06")
    factories.approve(done, factories.a_moderator(), "BAS.HYG", type_="KRITIK")
    return [f"/desk/statements/{text_id.hex()}" for text_id in (busy, calm, urgent, done)]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(chromium: Browser, live_server: str, texts: list[str], script: bool) -> Iterator[Page]:
    """A moderator's browser."""
    token = session.begin(factories.a_moderator(), clock.now())
    db.db.session.commit()
    context = chromium.new_context(base_url=live_server, locale="da", java_script_enabled=script)
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(WATCH)
    yield page
    context.close()


def mask_two_words(page: Page) -> None:
    page.click("#mask-more > summary")
    for nth in (0, 1):
        page.locator(".words label").nth(nth).click()
    page.select_option("#mask-type", "place")
    page.click("#mask-button")
    page.wait_for_selector("mark:has-text('[sted]')")


def approve(page: Page) -> None:
    for question in page.locator("input[name=asked]").all():
        question.check()
    page.click("#approve-button")


def test_a_text_is_masked_and_approved_and_the_next_one_opens(page: Page, texts: list[str]) -> None:
    page.goto(texts[0])

    mask_two_words(page)
    approve(page)
    page.wait_for_url(f"**{texts[2]}*")

    assert not page.is_visible(".said-by-citizen")  # what may be hard to read stays closed, also right after an act
    page.click(".urgent > summary")
    assert "Jeg kan ikke mere" in page.inner_text(".said-by-citizen")
    assert page.inner_text("#said").strip() != ""
    assert "violated" not in page.title()


@pytest.mark.parametrize("script", [True], indirect=True)
def test_what_is_ticked_stays_and_focus_is_never_lost(page: Page, texts: list[str]) -> None:
    page.goto(texts[0])
    page.evaluate("window.node = document.getElementById('said')")
    page.check("input[name=suggested] >> nth=0")

    mask_two_words(page)
    assert page.locator("input[name=suggested]:checked").count() == 1
    assert page.evaluate(FOCUSED) == "mask-button"

    page.click("[id^=remove-button]")
    page.wait_for_selector("mark:has-text('[sted]')", state="detached")
    page.wait_for_function("() => document.activeElement?.id === 'masks-heading'")

    approve(page)
    page.wait_for_function("() => document.activeElement?.id === 'heading'")
    assert page.evaluate("window.node === document.getElementById('said')")
    page.go_back()
    page.wait_for_selector("header.top")
    assert page.url.endswith(texts[0])


@pytest.mark.parametrize("script", [True], indirect=True)
def test_a_refusal_is_shown_and_has_the_focus(page: Page, texts: list[str]) -> None:
    page.goto(texts[0])

    page.click("summary[data-key=reject]")
    page.check("#reject input[value=other]")
    page.click("#reject button")

    page.wait_for_function("() => document.activeElement?.id === 'problem'")
    assert page.is_checked("#reject input[value=other]")


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("script", [True], indirect=True)
def test_every_page_fits_and_axe_finds_nothing(page: Page, texts: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (*texts, "/desk/queue?channel=web", "/desk/queue?tray=read", "/desk/keys", "/desk/codebook"):
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

        assert too_wide(page) <= 0, address
        assert page.evaluate(TOO_LOW) == [], address
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
