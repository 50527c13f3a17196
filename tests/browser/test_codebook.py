"""The codebook in a browser: a code is added, agreed to without script, and split text by text; narrow, and to axe."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from app.desk.moderation.codebook import drafting
from tests.browser.widths import too_wide
from tests.desk.moderation import factories
from tests.desk.moderation.codebook import factories as book

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture
def moderator(chromium: Browser, live_server: str, app: Flask, content: None) -> Iterator[Callable[[bool], Page]]:
    """moderator(True) is a moderator's browser on a narrow screen, with script."""
    contexts = []

    def signed_in(script: bool) -> Page:
        token = session.begin(factories.a_moderator(), clock.now())
        db.db.session.commit()
        context = chromium.new_context(
            base_url=live_server, viewport={"width": 320, "height": 640}, locale="da", java_script_enabled=script
        )
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def looked_at(page: Page) -> None:
    """It fits the narrowest screen, and axe has nothing to say."""
    assert too_wide(page) <= 0, page.url
    assert [one["id"] for one in Axe().run(page, options=RULES).response["violations"]] == [], page.url


def test_a_code_is_added_agreed_to_and_another_split_into_it(moderator: Callable[[bool], Page]) -> None:
    factories.the_codebook()
    for said in ("Kaffen er kold", "Der er ingen mad"):
        book.a_statement(said, "BAS.MAD")
    one, other = moderator(True), moderator(False)

    _add(one)
    _split(one)
    other.goto("/desk/codebook/draft")
    other.locator("main form[action$='/agree'] button").click()
    other.wait_for_url("**/versions/2?*")
    one.goto("/desk/codebook/versions/2")
    looked_at(one)

    one.goto("/desk/codebook")
    one.locator("a[href$='/splits/BAS.MAD']").click()
    looked_at(one)
    for text, to in (("Kaffen er kold", "BAS.KAF"), ("Der er ingen mad", "stay")):
        one.locator("fieldset", has_text=text).locator(f"input[value='{to}']").check()
    one.locator("main .actions button").click()
    one.wait_for_url("**?said=sorted")
    one.goto("/desk/codebook/codes/BAS.MAD")
    looked_at(one)

    assert drafting.standing().splits[book.guid("BAS.MAD")]
    assert book.line("BAS.MAD").state == "split"


def _add(page: Page) -> None:
    page.goto("/desk/codebook")
    page.locator("a[href='/desk/codebook/add']").click()
    page.select_option("#parent", "BAS")
    page.fill("#name_da", "Kaffe og te")
    page.fill("#definition_da", "Kaffe, te og andet varmt at drikke.")
    page.locator("main form button").click()
    page.wait_for_selector("#near")
    looked_at(page)
    assert "Mad og kaffe" in page.inner_text("section.card")
    page.fill("#example_da", "Kaffen er slut.")
    page.fill("#why", "Mange siger det")
    page.click("button[name=sure]")
    page.wait_for_url("**/draft?*")


def _split(page: Page) -> None:
    page.goto("/desk/codebook/codes/BAS.MAD/split")
    for key in ("BAS.KAF", "BAS.HYG"):
        page.check(f"input[value='{key}']")
    page.fill("#why", "To slags")
    page.locator("main form button").click()
    page.wait_for_selector("button[name=sure]")
    looked_at(page)
    page.click("button[name=sure]")
    page.wait_for_url("**/draft?*")
    looked_at(page)
