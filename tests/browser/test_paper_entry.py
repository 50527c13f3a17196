"""A pile of paper forms from the box to the shredder, by keyboard alone and without a script."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.core import clock, db
from app.desk.accounts import session
from app.desk.accounts.models import User
from tests.browser.widths import too_wide
from tests.desk.accounts import factories as accounts
from tests.desk.moderation.factories import HOSTILE
from tests.desk.paper import factories

Open = Callable[..., Page]
ENTRY = "/desk/surveys/five_tap/entry"
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
FOCUSED = "() => { const a = document.activeElement; return a.id || a.name || a.textContent.trim() }"
MOST_TABS = 60


@pytest.fixture
def desk(chromium: Browser, live_server: str) -> Iterator[Open]:
    """desk(person, "/desk", width=1200) is this person's browser; scripts are off unless asked for."""
    contexts = []

    def opened(person: User, address: str = ENTRY, *, script: bool = False, width: int = 320) -> Page:
        context = chromium.new_context(
            base_url=live_server, viewport={"width": width, "height": 800}, locale="en", java_script_enabled=script
        )
        contexts.append(context)
        token = session.begin(person, clock.now())
        db.db.session.commit()
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field, link or button of this id, name or text has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name} cannot be reached: {passed}")


def press(page: Page, name: str) -> None:
    """Go to a link or button and press Enter; wait for the page it leads to."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def key_sheet(page: Page, *codes: str, words: str) -> None:
    """Type a sheet of five_tap: the first field has the focus, Tab leads on, Enter in the last short one saves."""
    expect(page.locator("#q-today")).to_be_focused()
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Tab")
    page.keyboard.type(words)
    for _ in range(3):
        page.keyboard.press("Tab")  # language, helper, consent
    page.keyboard.type("Ticked")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_pile_is_keyed_checked_and_stored_by_keyboard_alone(app: Flask, desk: Open) -> None:
    """The first person at the narrowest screen, the second at a wide one."""
    first = desk(accounts.a_user("moderator", name="mona"), width=320)
    tab_to(first, "label")
    first.keyboard.type("Boks 1")
    with first.expect_navigation():
        first.keyboard.press("Enter")
    heading(first, "Sheet 1")
    key_sheet(first, "4", "ac", "a", "-", "a", words="Flere senge")
    heading(first, "Sheet 2")
    key_sheet(first, "9", "b", "c", "c", "?", words=HOSTILE)
    expect(first.get_by_role("alert")).to_have_text("“9” does not fit. Type one mark, - or ?.")
    tab_to(first, "“9” does not fit. Type one mark, - or ?.")
    first.keyboard.press("Enter")
    expect(first.locator("#q-today")).to_be_focused()
    first.keyboard.press("Control+A")
    first.keyboard.type("2")
    with first.expect_navigation():
        first.keyboard.press("Enter")
    heading(first, "Sheet 3")
    press(first, "Back to the batch")
    press(first, "Finish the batch")

    second = desk(accounts.a_user("moderator", name="malik"), width=1200)
    press(second, "GH1, Boks 1")
    press(second, "Begin the check")
    press(second, "Key sheet 1")
    key_sheet(second, "4", "ca", "a", "-", "a", words="flere  senge")
    key_sheet(second, "2", "b", "c", "c", "?", words=HOSTILE)
    press(second, "Compare")
    heading(second, "What differs")
    press(second, "Store the batch")

    expect(second.get_by_role("heading", level=2).first).to_have_text("2 answers stored")
    press(second, "The sheets are shredded")
    expect(second.get_by_text("The sheets were shredded on")).to_be_visible()
    found = factories.rows("SELECT channel, quote_ok, count(*) FROM response GROUP BY channel, quote_ok")
    assert found == [("paper", 1, 2)]


def test_the_pages_are_sound_and_no_wider_than_the_screen(app: Flask, desk: Open) -> None:
    mona, malik = accounts.a_user("moderator", name="mona"), accounts.a_user("moderator", name="malik")
    every_type = factories.a_batch(mona, survey_id=factories.every_type().id)
    differing = factories.keyed(mona, [factories.a_sheet(q_change=HOSTILE * 5)] * 50, label="B")
    factories.check(differing, malik, wrong=1)
    others = [differing, factories.keyed(mona, 7, label="C"), factories.accepted(2, label="D")]
    db.db.session.commit()
    addresses = [ENTRY, *map(factories.address, others)]
    addresses += [f"{factories.address(differing)}/differences", f"{factories.address(every_type)}/sheets/1"]
    page = desk(mona, script=True)

    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = faults(page)
    page.locator("#q-smiley_5").fill("wrong")
    page.get_by_role("button", name="Save, next sheet").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["a fault"] = faults(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def faults(page: Page) -> list[object]:
    """What axe says of the narrow page, and at which width something sticks out."""
    violations = Axe().run(page, options=AXE).response["violations"]
    found: list[object] = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
    for width in (1200, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"too wide at {width} px"] if too_wide(page) > 0 else []
    return found
