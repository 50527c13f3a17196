"""Changing a survey in a browser: every channel beside the question while one types, and all of it without a script."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.core import clock, db
from app.desk.accounts import session
from app.surveys import versions
from tests.browser.widths import too_wide
from tests.desk.accounts import factories

Open = Callable[..., Page]
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
PAGES = (
    "five_tap/edit",
    "five_tap/edit/q/mattered",
    "sms_core/edit/new/scale",
    "sms_core/edit/words",
    "sms_core/edit/in/ar",
)


@pytest.fixture
def editing(chromium: Browser, live_server: str, app: Flask) -> Iterator[Open]:
    """editing("sms_core/edit", script=False, width=1200) is that page in the browser of an administrator."""
    contexts = []
    token = session.begin(factories.a_user("admin"), clock.now())
    db.db.session.commit()

    def opened(address: str, *, script: bool = True, width: int = 320) -> Page:
        context = chromium.new_context(
            base_url=live_server, viewport={"width": width, "height": 800}, locale="en", java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"/desk/surveys/{address}")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page) -> list[object]:
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in Axe().run(page, options=AXE).response["violations"]
    ]


def test_what_is_typed_is_shown_on_every_channel_at_once_and_the_cursor_stays(editing: Open) -> None:
    page = editing("sms_core/edit/q/respect", width=1200)
    question = page.get_by_role("group", name="Question", exact=True).get_by_label("Dansk")
    question.fill("Er du mødt pænt?")

    for channel in (".as-web", ".as-kiosk", ".as-paper"):
        expect(page.locator(f"{channel} .as-question")).to_contain_text("Er du mødt pænt?")
    expect(question).to_be_focused()

    page.get_by_role("group", name="As a text message").get_by_label("Dansk").fill("Er du mødt – pænt?")
    expect(page.locator("#preview mark")).to_have_text("–")
    expect(page.locator("#preview")).to_contain_text("The menu lacks “1 Ja”.")
    assert violations(page) == []


def test_another_language_is_shown_when_it_is_chosen(editing: Open) -> None:
    page = editing("five_tap/edit/q/safe", width=1200)
    page.get_by_label("Shown in").select_option("ar")

    expect(page.locator(".as-web")).to_have_attribute("dir", "rtl")
    expect(page.locator(".as-web .as-question")).to_have_text("هل شعرت بالأمان هنا اليوم؟")


@pytest.mark.parametrize("width", [320, 1200])
def test_the_pages_are_sound_and_no_wider_than_the_screen(editing: Open, width: int) -> None:
    page = editing("five_tap/edit", width=width)
    for address in PAGES:
        page.goto(f"/desk/surveys/{address}")
        assert too_wide(page) <= 0, address
        assert violations(page) == [], address


def test_a_survey_is_changed_and_published_without_a_script(editing: Open, app: Flask) -> None:
    page = editing("sms_core/edit", script=False)
    page.get_by_role("link", name="Blev du mødt med respekt?").click()
    page.get_by_role("group", name="Question", exact=True).get_by_label("Dansk").fill("Er du mødt med respekt?")
    page.get_by_role("button", name="Only look").click()
    expect(page.locator(".as-paper .as-question")).to_contain_text("Er du mødt med respekt?")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="All questions of sms_core").click()
    page.get_by_role("button", name="Publish as version 2").click()
    page.get_by_role("button", name="Publish it now").click()
    page.wait_for_url("**/desk/surveys#sms_core")

    survey = versions.open_one("sms_core")
    assert survey is not None
    assert survey.question("respect").text["da"] == "Er du mødt med respekt?"


def test_a_prompt_is_heard_where_its_link_is_pressed(editing: Open) -> None:
    page = editing("five_tap/edit/q/safe", width=1200)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.get_by_role("link", name="Listen: Dansk").click()
    player = page.locator("video")
    for _ in range(50):
        if player.evaluate("one => one.readyState") >= 2:
            break
        page.wait_for_timeout(100)

    assert player.evaluate("one => [one.error && one.error.code, one.duration > 3]") == [None, True]
    assert said == []
