"""Many texts at once, look-alikes, memos and undoing in a browser: with script, without, and to axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.widths import too_wide
from tests.desk.moderation import factories
from tests.desk.moderation.factories import rows

SAID = "Køen til badet er alt for lang om morgenen"


@pytest.fixture
def text(live_server: str, app: Flask) -> str:
    """The address of a text that waits, with two approved ones that say nearly the same."""
    factories.the_codebook()
    somebody = factories.a_moderator()
    for said in (SAID.upper(), f"{SAID} tak"):
        factories.approve(factories.a_text(said), somebody, "BAS.HYG")
    return f"/desk/statements/{factories.a_text(SAID).hex()}"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(chromium: Browser, live_server: str, text: str, script: bool) -> Iterator[Page]:
    token = session.begin(factories.a_moderator(), clock.now())
    db.db.session.commit()
    context = chromium.new_context(
        base_url=live_server, locale="en", java_script_enabled=script, viewport={"width": 1280, "height": 900}
    )
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_a_morning_of_memos_groups_and_many_at_once(page: Page, text: str, script: bool) -> None:
    page.goto(text)
    page.locator(".pill").first.click()
    page.click("#memos > summary")
    page.fill("#memo", "Spørg rådet, Bente ved det")
    page.click("#memo-button")
    page.wait_for_selector(".memo-words")
    assert page.inner_text(".memo-words") == "Spørg rådet, [navn] ved det"
    assert page.locator("input[name=type]:checked").count() == script  # only a script keeps what is chosen beside it

    page.click("#group > summary")
    assert page.locator("#group ins").all_text_contents() == ["differs: tak"]
    page.check("#group-all")
    page.locator("input[name=suggested]").first.check()
    for question in page.locator("input[name=asked]").all():
        question.check()
    page.click("#approve-button")
    page.wait_for_url("**/desk/queue*")
    assert rows("SELECT count(*) FROM tagging WHERE source = 'group'") == [(2,)]

    page.goto("/desk/bulk?set=on&put=ADG.AAB")
    page.select_option("#bulk-code", "BAS.HYG")
    page.click("#bulk-look")
    page.wait_for_selector("#bulk-press")
    assert page.inner_text("#bulk-press") == "Set “Opening hours” on 2 texts"
    page.click("#bulk-press")
    page.wait_for_url("**said=bulk**")
    assert page.inner_text("#undo").startswith("Undo: “Opening hours” on 2 texts")
    page.click("#undo")
    page.wait_for_url("**/desk/undo*")
    page.goto("/desk/queue")
    page.click("#undo")  # the approval, with what it gave the group
    page.wait_for_url("**said=undone")
    page.click("#undo")  # the memo
    page.wait_for_selector(".memo-words", state="detached")
    assert rows("SELECT key, count(*) FROM tagging JOIN code ON guid = code_guid GROUP BY key") == [("BAS.HYG", 2)]
    assert rows("SELECT count(*) FROM memo") == [(0,)]


@pytest.mark.parametrize("script", [True], indirect=True)
def test_axe_finds_nothing_and_a_narrow_screen_holds_it(page: Page, text: str) -> None:
    page.goto(text)
    page.click("#memos > summary")
    page.fill("#memo", "Husk det")
    page.click("#memo-button")
    page.wait_for_selector(".memo-words")

    for address in (text, "/desk/bulk?put=ADG.AAB", "/desk/memos", "/desk/undo"):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert Axe().run(page).response["violations"] == [], address
        page.set_viewport_size({"width": 320, "height": 800})
        assert too_wide(page) <= 0, address
        page.set_viewport_size({"width": 1280, "height": 900})
