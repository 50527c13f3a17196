"""The simulator in a browser: to axe and the ruler at every width, by keyboard, with and without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.conftest import OpenPage
from tests.browser.test_desk_axe import HAS_FOCUS, RULES
from tests.browser.widths import too_wide
from tests.desk.accounts import factories

OpenSimulator = Callable[..., Page]
WIDTHS = (320, 800, 1200)
ADDRESS = "**/desk/simulator/*"
PRESSED_AT_ONCE = """() => { window.isTaken = new Promise(done => new MutationObserver(() => {
  const form = document.querySelector("form[action$='/phone']");
  form.addEventListener('submit', event => { done(event.defaultPrevented); event.preventDefault(); });
  form.requestSubmit();
}).observe(document.querySelector('main'), {childList: true})); }"""


@pytest.fixture
def simulator(app: Flask, open_page: OpenPage) -> OpenSimulator:
    """simulator(width=320, script=True) is a rehearsal at GH1, just begun by a moderator."""

    def opened(*, lang: str = "da", width: int = 1200, script: bool = True) -> Page:
        token = session.begin(factories.a_user("moderator"), clock.now())
        db.db.session.commit()
        page = open_page("/desk/login", lang=lang, width=width, script=script)
        page.context.add_cookies([{"name": session.cookie_name(), "value": token, "url": page.url}])
        page.goto("/desk/simulator")
        page.locator("main button[type=submit]").click()
        page.wait_for_url(ADDRESS)
        return page

    return opened


def say(page: Page, text: str, phone: str = "A") -> None:
    before = page.locator(".bubble").count()
    page.locator(f"#text-{phone}").fill(text)
    page.keyboard.press("Enter")
    page.locator(".bubble").nth(before + 1).wait_for()


def press(page: Page, act: str) -> None:
    page.locator(f"form[action$='/{act}'] button").first.click()


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_full_page_is_sound(simulator: OpenSimulator, width: int, lang: str) -> None:
    page = simulator(width=width, lang=lang)
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    say(page, "GH1")
    say(page, "1 jeg vil ikke leve mere")
    press(page, "phone")
    page.locator("#text-B").wait_for()
    say(page, f"{'x' * 300} <b>æ</b> 😀", "B")
    press(page, "hours")
    page.locator(".pause").first.wait_for()

    assert Axe().run(page, options=RULES).response["violations"] == []
    assert too_wide(page) <= 0
    assert page.locator(".bubble b").count() == 0
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_page_is_sound(simulator: OpenSimulator, width: int) -> None:
    page = simulator(width=width)
    page.goto("/desk/simulator")

    assert Axe().run(page, options=RULES).response["violations"] == []
    assert too_wide(page) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_conversation_goes_on_by_keyboard_alone(simulator: OpenSimulator, *, script: bool) -> None:
    page = simulator(script=script)
    for text in ("GH1", "4", "ja"):
        page.wait_for_function(f"() => ({HAS_FOCUS})('text-A')")
        page.keyboard.type(text)
        before = page.locator(".bubble").count()
        page.keyboard.press("Enter")
        page.locator(".bubble").nth(before + 1).wait_for()

    assert "egne ord" in page.locator(".bubble").last.inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_new_telephone_has_the_focus_and_time_passes_for_all(simulator: OpenSimulator, *, script: bool) -> None:
    page = simulator(script=script)
    press(page, "phone")
    page.wait_for_function(f"() => ({HAS_FOCUS})('text-B')")
    press(page, "day")
    page.locator(".pause").nth(1).wait_for()

    assert "00.00" in page.locator(".clock").inner_text()


def test_a_button_of_a_new_part_can_be_pressed_the_moment_it_is_there(simulator: OpenSimulator) -> None:
    page = simulator()
    page.evaluate(PRESSED_AT_ONCE)
    press(page, "hours")

    assert page.evaluate("() => window.isTaken")


def test_a_refused_button_says_why_and_keeps_the_page(simulator: OpenSimulator) -> None:
    page = simulator()
    for count in range(2, 8):
        press(page, "phone")
        page.locator(f".phone:nth-of-type({count}), .faults").first.wait_for()

    assert page.locator(".phone").count() == 6
    assert page.locator(".faults").inner_text() == page.locator("#said").inner_text()
