"""A finding on its way past the peers, in a browser without script, as narrow as a telephone, by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation.models import TextItem
from app.desk.track.findings.models import Finding
from tests.browser.widths import too_wide
from tests.desk.accounts.factories import a_user
from tests.desk.moderation import factories as moderation
from tests.desk.track import factories

SMALLEST = """() => Math.min(...[...document.querySelectorAll('.peers p, .peers li, .peers label')]
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
SAID = "Vi siger ikke sådan hos os."


@pytest.fixture
def open_as(chromium: Browser, live_server: str, app: Flask) -> Iterator[Callable[[User], Page]]:
    """A narrow browser without script for a person."""
    clock.clock().set(factories.SUMMER)
    moderation.the_codebook()
    factories.a_release()
    contexts = []

    def opened(who: User) -> Page:
        token = session.begin(who, clock.now())
        db.db.session.commit()
        size = {"width": 320, "height": 640}
        context = chromium.new_context(base_url=live_server, locale="da", java_script_enabled=False, viewport=size)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_peer_is_asked_answers_by_keyboard_and_is_told(open_as: Callable[[User], Page]) -> None:
    answer = moderation.a_text("Døren er låst, når jeg kommer.", week="2026-W05", site_code="GH2")
    moderation.approve(answer, moderation.a_moderator(), "ADG.AAB")
    item = db.db.session.get(TextItem, answer)
    assert item
    item.second_due = True
    factories.a_finding()
    mona, pia = open_as(a_user("moderator")), open_as(a_user("peer"))

    mona.goto("/desk/track/findings/U1")
    mona.click("text=Spørg peers")
    _ruled(mona)
    pia.goto("/desk/track/peers")
    _ruled(pia)
    pia.click("text=Hvor jeg hører til")
    pia.check("text=Helsingør")
    _ruled(pia)
    pia.click("button:has-text('Gem')")

    pia.click("text=Er det rigtigt hørt?")
    pia.click("text=Mange savner")
    _ruled(pia)
    pia.focus("input[value='agree']")
    pia.keyboard.press("ArrowDown")  # not our words
    pia.keyboard.press("Tab")
    pia.keyboard.type(SAID)
    pia.keyboard.press("Tab")
    pia.keyboard.press("Space")
    pia.keyboard.press("Tab")
    with pia.expect_navigation():
        pia.keyboard.press("Enter")
    assert "Tak. Dit svar er gemt." in pia.inner_text("main")

    pia.goto("/desk/track/peers/code")
    _ruled(pia)
    assert "Døren er låst, når jeg kommer." in pia.inner_text("main")
    pia.click("summary:has-text('Adgang')")
    pia.check("input[value='ADG.AAB']")
    pia.click("button:has-text('Gem, næste')")
    assert "ingen tekster til dig nu" in pia.inner_text("main")

    mona.goto("/desk/track/findings/U1")
    assert SAID in mona.inner_text("main")
    mona.fill("textarea[name='answer']", "Vi skriver det om.")
    mona.check("input[name='shown']")
    _ruled(mona)
    mona.click("text=Send svaret")
    pia.goto("/desk/track/peers/outcome")
    _ruled(pia)
    assert "Vi skriver det om." in pia.inner_text("main")
    db.db.session.rollback()
    assert [one.state for one in db.db.session.query(Finding)] == ["with_peers"]


def _ruled(page: Page) -> None:
    """Nothing is cut off, and peers' type is large."""
    assert too_wide(page) == 0, page.url
    if "/peers" in page.url:
        assert page.evaluate(SMALLEST) >= 18, page.url
