"""Coding a text a second time and settling a disagreement, in a browser with and without script."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.core import clock, db
from app.desk.accounts import session
from app.desk.accounts.models import User
from tests.browser.widths import too_wide
from tests.desk.moderation import factories
from tests.desk.moderation.second_coding.factories import coded_first

Open = Callable[..., Page]


@pytest.fixture
def open_as(chromium: Browser, live_server: str, app: Flask) -> Iterator[Open]:
    """A browser for a person: with or without script, wide or narrow."""
    factories.the_codebook()
    contexts = []

    def opened(who: User, *, script: bool = True, width: int = 1280) -> Page:
        token = session.begin(who, clock.now())
        db.db.session.commit()
        size = {"width": width, "height": 640}
        context = chromium.new_context(base_url=live_server, locale="da", java_script_enabled=script, viewport=size)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_two_code_one_settles_and_the_number_follows(open_as: Open) -> None:
    mona, malik = factories.a_moderator(), factories.a_moderator()
    coded_first(mona, "ADG.KOE", type_="KRITIK", said="Køen er lang, og de smiler aldrig.")

    page = open_as(malik, script=False, width=320)
    page.goto("/desk/second")
    page.click("summary:has-text('Mødet med personalet')")
    page.check("input[value='MOD']")
    page.check("input[value='KRITIK']")
    page.click("#save")
    assert page.inner_text("#said") == "Gemt. Her er den næste."

    page.goto("/desk/disagreements")
    page.click(".statement-link")
    assert "kun her" in page.inner_text("#reading")
    assert too_wide(page) == 0
    page.click("summary:has-text('Mødet med personalet')")
    page.check("input[value='MOD']")
    page.click("#save")
    assert "Intet at afgøre lige nu." in page.inner_text("main")


def test_the_second_coder_needs_no_mouse(open_as: Open) -> None:
    mona, malik = factories.a_moderator(), factories.a_moderator()
    coded_first(mona, "INTET", said="Hej")

    page = open_as(malik)
    page.goto("/desk/second")
    page.focus("input[value='INTET']")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=second")

    expect(page.locator("#heading")).to_be_focused()
