"""Writing a survey in a browser: looked at while one types, and all of it without a script too."""

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
from tests.surveys.samples import file_text

Open = Callable[..., Page]
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
FAULTY = file_text("sms_core").replace("med respekt? Svar", "med respekt – her? Svar", 1)


@pytest.fixture
def writing(chromium: Browser, live_server: str, app: Flask) -> Iterator[Open]:
    """writing(script=False, width=1200) is the page in the browser of an administrator."""
    contexts = []
    token = session.begin(factories.a_user("admin"), clock.now())
    db.db.session.commit()

    def opened(*, script: bool = True, width: int = 320, address: str = "") -> Page:
        context = chromium.new_context(
            base_url=live_server, viewport={"width": width, "height": 800}, locale="en", java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"/desk/surveys/write{address}")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page) -> list[object]:
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in Axe().run(page, options=AXE).response["violations"]
    ]


def test_a_dear_sign_is_named_while_one_types_and_the_cursor_stays(writing: Open) -> None:
    page = writing(address="?survey=sms_core&version=1")
    field = page.get_by_label("The survey")
    field.fill(FAULTY)

    expect(page.locator("#check mark")).to_have_text("–")
    expect(page.locator("#said")).to_have_text("1 fault")
    expect(field).to_be_focused()
    assert violations(page) == []

    field.fill(file_text("sms_core"))
    expect(page.get_by_role("button", name="Publish as version 2")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1200])
def test_the_pages_are_sound_and_no_wider_than_the_screen(writing: Open, width: int) -> None:
    page = writing(width=width, address="?survey=sms_core&version=1")
    for source in (FAULTY, "id = ", file_text("sms_core"), file_text("five_tap")):
        page.get_by_label("The survey").fill(source)
        page.get_by_role("button", name="Check the text").click()
        page.wait_for_load_state()
        assert too_wide(page) <= 0
        assert violations(page) == []


def test_a_fault_leads_to_its_line(writing: Open) -> None:
    page = writing(width=1200)
    page.get_by_label("The survey").fill(FAULTY)
    page.get_by_role("link", name="Line 97").click()

    expect(page.locator("#line-97")).to_be_in_viewport()
    expect(page.locator("#line-97")).to_contain_text("–")


def test_a_survey_is_written_and_published_without_a_script(writing: Open, app: Flask) -> None:
    page = writing(script=False)
    page.locator('main a[href*="survey=sms_core"]').click()
    field = page.get_by_label("The survey")
    field.fill(field.input_value().replace("Blev du mødt", "Er du mødt"))
    page.get_by_role("button", name="Check the text").click()
    page.get_by_role("button", name="Publish as version 2").click()
    page.get_by_role("button", name="Back to the text").click()
    assert "Er du mødt" in page.get_by_label("The survey").input_value()

    page.get_by_role("button", name="Publish as version 2").click()
    page.get_by_role("button", name="Publish it now").click()
    page.wait_for_url("**/desk/surveys#sms_core")

    survey = versions.get("sms_core", 2)
    assert survey is not None
    assert "Er du mødt" in survey.question("respect").sms["da"]
