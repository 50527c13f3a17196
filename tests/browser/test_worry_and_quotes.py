"""Worry about somebody and a quote in a browser: without script, on the narrowest screen, to axe."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.widths import too_wide
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories

SAID = "Der er lang kø til badet, og det er altid koldt."
WORRYING = "Jeg kan ikke mere. Spørg efter Karsten."
As = Callable[[str], Page]


@pytest.fixture
def texts(live_server: str, app: Flask) -> list[str]:
    """A text to worry about, and an approved one."""
    factories.the_codebook()
    quotable = factories.a_text(SAID, quote_ok=True, week="2026-W08")
    factories.approve(quotable, factories.a_moderator(), "ADG.KOE")
    return [text_id.hex() for text_id in (factories.a_text(WORRYING), quotable)]


@pytest.fixture
def as_(chromium: Browser, live_server: str, texts: list[str], request: pytest.FixtureRequest) -> Iterator[As]:
    """as_("moderator") is a page in which somebody with this role is signed in."""
    contexts: list[BrowserContext] = []

    def signed_in(role: str) -> Page:
        token = session.begin(accounts.a_user(role), clock.now())
        db.db.session.commit()
        context = chromium.new_context(base_url=live_server, locale="da", java_script_enabled=request.param)
        contexts.append(context)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.mark.parametrize("as_", [False], indirect=True)
def test_a_text_of_worry_goes_from_the_queue_to_a_closed_case(as_: As, texts: list[str]) -> None:
    mona, sofie = as_("moderator"), as_("safeguarding")

    mona.goto(f"/desk/statements/{texts[0]}")
    mona.click("#worry > summary")
    mona.check("#concern-own_life")
    mona.click("#escalate-button")
    assert "escalated" in mona.url

    sofie.goto("/desk/cases")
    sofie.click("#open-cases a")
    assert "Karsten" not in sofie.content()
    sofie.click("#look > summary")
    sofie.check("#look-danger")
    sofie.click("#look button")
    assert "Karsten" in sofie.inner_text(".looked")
    for step in (("sensitivity-sensitive", "criticality-action"), ("status-internally",), ("loop-other",)):
        for choice in step:
            sofie.check(f"#step input[id$='{choice}']")
        sofie.click("#step-button")
    sofie.click("#closing > summary")
    sofie.check("#closed-outcome-site_informed")
    sofie.check("#closed-afterwards-use")
    sofie.click("#close-button")
    assert sofie.locator("#closed-cases li").count() == 1


@pytest.mark.parametrize("as_", [True], indirect=True)
def test_every_page_of_cases_and_quotes_fits_and_axe_finds_nothing(as_: As, texts: list[str]) -> None:
    mona, sofie = as_("moderator"), as_("safeguarding")
    mona.goto(f"/desk/statements/{texts[1]}")
    mona.click("#quoting a")
    mona.click("#draft-button")
    quote = mona.url
    for question in mona.locator("input[name=asked]").all():
        question.check()
    mona.click("#sign-button")
    assert mona.url.split("?")[0] == quote.split("?")[0]
    malik = as_("moderator")
    malik.goto(f"/desk/statements/{texts[0]}")
    malik.keyboard.press("!")
    malik.check("#concern-unsure")
    malik.click("#escalate-button")
    malik.wait_for_selector("#worry", state="detached")
    sofie.goto("/desk/cases")
    case = sofie.get_attribute("#open-cases a", "href") or ""

    shown = ((malik, quote), (malik, "/desk/quotes"), (malik, f"/desk/quotes/new/{texts[1]}"),
             (malik, f"/desk/statements/{texts[1]}"), (sofie, "/desk/cases"), (sofie, case))  # fmt: skip
    for page, address in shown:
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert too_wide(page) <= 0, address
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
        page.set_viewport_size({"width": 1280, "height": 800})
        assert too_wide(page) <= 0, address
