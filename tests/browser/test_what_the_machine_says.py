"""Chips, new words and how the suggestions do, in a browser: by keyboard, on the narrowest screen, to axe."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.core.folding import fold
from app.desk.accounts import session
from app.desk.moderation.models import Statement
from app.desk.moderation.suggesting import teaching
from tests.browser.widths import too_wide
from tests.desk.moderation import factories

OUTCOMES = "SELECT outcome FROM suggestion_shown ORDER BY place"


@pytest.fixture
def text(live_server: str, app: Flask) -> str:
    """The address of a text with two chips; three voices have begun to write about guards."""
    factories.the_codebook()
    mona = factories.a_moderator()
    said = [("Køen til badet var lang og maden kold den dag jeg kom forbi", "2025-W40")] * 20
    said += [(f"Vægterne {how}", "2026-W10") for how in ("råber", "er sure", "ved døren")]
    for words, week in said:
        about = {"voice": os.urandom(16), "approved_by": mona.id, "week": week, "site_code": "GH1"}
        db.db.session.add(Statement(text=words, folded=fold(words), lang="da", **about))
    db.db.session.commit()
    teaching.teacher().teach(clock.now())
    return f"/desk/statements/{factories.a_text('Køen til badet er utryg').hex()}"


@pytest.fixture
def page(chromium: Browser, live_server: str, text: str) -> Iterator[Page]:
    """A moderator's browser, 320 px wide."""
    token = session.begin(factories.a_moderator(), clock.now())
    db.db.session.commit()
    context = chromium.new_context(base_url=live_server, locale="da", viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_a_chip_is_taken_another_refused_by_keys_and_a_word_is_settled(page: Page, text: str) -> None:
    page.goto(text)
    page.locator("#heading").focus()
    page.keyboard.press("1")
    page.keyboard.press("Shift+Digit2")

    assert page.locator("input[name=suggested]").first.is_checked()
    assert page.locator("input[name=refused]").nth(1).is_checked()
    struck = page.locator(".chip label").nth(2).evaluate("label => getComputedStyle(label).textDecorationLine")
    assert struck == "line-through"
    assert_fits(page)

    for question in page.locator("input[name=asked]").all():
        question.check()
    page.click("#approve-button")
    page.wait_for_selector("#said:has-text('Godkendt')")
    assert factories.rows(OUTCOMES) == [("accepted",), ("refused",), ("passed",)]

    page.goto("/desk/new-words")
    assert_fits(page)
    page.get_by_role("button", name="Det betyder ikke noget for os").first.click()
    page.wait_for_selector("text=Ordet vises ikke igen.")

    page.goto("/desk/suggestions")
    assert_fits(page)


def assert_fits(page: Page) -> None:
    assert too_wide(page) <= 0
    assert Axe().run(page).response["violations"] == []
