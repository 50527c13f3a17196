"""Telling back in a browser: counted while one types, approved by another, by keyboard and without a script too."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.core import clock, db
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.publication import told
from tests.browser.widths import too_wide
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories

Open = Callable[..., Page]
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
PAGE = "/desk/track/telling/B1"


@pytest.fixture
def open_as(chromium: Browser, live_server: str, app: Flask) -> Iterator[Open]:
    """open_as(user, script=True, width=320): a browser of somebody, after a decision is public."""
    clock.clock().set(factories.SUMMER)
    factories.a_release()
    factories.a_decision("published")
    contexts = []

    def opened(who: User, *, script: bool = False, width: int = 320) -> Page:
        token = session.begin(who, clock.now())
        db.db.session.commit()
        context = chromium.new_context(
            base_url=live_server, locale="en", java_script_enabled=script, viewport={"width": width, "height": 800}
        )
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_what_is_told_is_counted_written_approved_and_read(open_as: Open) -> None:
    carl, plain = open_as(a_user("council"), script=True, width=1280), open_as(a_user("council"))
    carl.goto(f"{PAGE}/edit")
    carl.get_by_label("We did", exact=True).check()
    _fill(carl, "sms", "da", "Der er lukket.", "Nu er der åbent – her.")
    expect(carl.locator("#measure-sms-da mark")).to_have_text("–")
    expect(carl.locator("[name='body.sms.da']")).to_be_focused()
    _sound(carl)

    plain.goto(f"{PAGE}/edit")
    plain.get_by_label("We did", exact=True).check()
    _fill(plain, "sms", "da", "Der er lukket.", "Nu er der åbent – her.")
    plain.get_by_role("button", name="Save the drafts").press("Enter")
    expect(plain.get_by_role("alert")).to_contain_text("Write - instead.")
    for channel in ("web", "sms"):
        _fill(plain, channel, "da", "Der er lukket.", "Nu er der åbent.")
    assert too_wide(plain) <= 0
    plain.get_by_role("button", name="Save the drafts").press("Enter")
    expect(plain.get_by_text("What you wrote is approved by another person.")).to_be_visible()
    assert too_wide(plain) <= 0

    mona = open_as(a_user("moderator"), script=True)
    mona.goto(PAGE)
    _sound(mona)
    mona.get_by_role("button", name="Approve").press("Enter")
    expect(mona.get_by_text("Told since").first).to_be_visible()
    assert [(one.channel, one.lang) for item in told.live() for one in item.wordings] == [("sms", "da"), ("web", "da")]
    mona.goto("/resultater")
    expect(mona.get_by_text("Nu er der åbent.")).to_be_visible()


def _fill(page: Page, channel: str, lang: str, said: str, body: str) -> None:
    page.locator(f"[name='said.{channel}.{lang}']").fill(said)
    page.locator(f"[name='body.{channel}.{lang}']").fill(body)


def _sound(page: Page) -> None:
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert too_wide(page) <= 0
