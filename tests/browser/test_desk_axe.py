"""The desk with the demo in it, on the narrowest screen: to axe, to the ruler, to the console, by keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page

from app.core import clock, db
from app.desk.accounts import session, users
from app.surveys import versions
from tests.browser.conftest import served
from tests.browser.widths import too_wide
from tests.demo import loading

OpenDesk = Callable[..., Page]
NARROW = 320
PAGES = {
    "anna": (
        "/desk", "/desk/users", "/desk/users/aksel", "/desk/audit", "/desk/sites", "/desk/sites/GH1", "/desk/surveys",
        "/desk/password", "/desk/languages", "/desk/languages/fa/web", "/desk/languages/places/GH1",
        "/desk/sites/GH1/print", "/desk/sites/GH1/print/poster", "/desk/sites/GH1/print/door?lang=ar",
        "/desk/sites/GH1/print/tent", "/desk/sites/GH1/print/sms?lang=en", "/desk/sites/GH1/print/told",
        "/desk/surveys/five_tap/paper?site=GH1", "/desk/surveys/track_core/paper?site=GH1&lang=ar",
    ),
    "mona": (
        "/desk", "/desk/queue", "/desk/queue?tray=held", "/desk/queue?tray=rejected",
        "/desk/queue?tray=read", "/desk/codebook", "/desk/track",
        "/desk/track/findings/new", "/desk/releases", "/desk/releases/2026-H2",
        "/desk/second", "/desk/disagreements", "/desk/measures", "/desk/measures/agreement", "/desk/measures/log",
        "/desk/measures/themes", "/desk/track/findings/new?theme=ADG&period=2026-Q3",
        "/desk/track/findings/U1", "/desk/track/findings/U3",
    ),
    "carl": (
        "/desk", "/desk/track", "/desk/track/findings", "/desk/track/findings/U1", "/desk/track/proposals",
        "/desk/track/proposals/F1", "/desk/track/proposals/new", "/desk/track/decisions",
        "/desk/track/decisions/B1", "/desk/track/decisions/new", "/desk/releases/2026-Q3",
    ),
    "aksel": ("/desk", "/desk/track", "/desk/track/presence", "/desk/track/presence/groups", "/desk/offers"),
    "stine": ("/desk", "/desk/track/findings/U1"),
    "pia": (
        "/desk", "/desk/track/peers", "/desk/track/peers/heard", "/desk/track/peers/heard/U3",
        "/desk/track/peers/outcome", "/desk/track/peers/home",
    ),
    "sofie": ("/desk",),
}  # fmt: skip
TRAYS = ("waiting", "language", "rejected", "read")
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OPEN_ALL = "() => { for (const one of document.querySelectorAll('details')) one.open = true }"
HAS_FOCUS = "id => document.activeElement?.id === id"
WITHOUT_A_RING = """() => {
  const here = document.activeElement, around = here.closest('label');
  const rings = [here, around].filter(Boolean).map(one => getComputedStyle(one));
  const seen = rings.some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
  return seen ? null : here.outerHTML.slice(0, 100);
}"""
STOP = """() => {
  const here = document.activeElement, place = here.getBoundingClientRect();
  const parts = ['.top', '.left', '.steps', '#reading', '.beside', '.codes', '.deciding', '.other-ways'];
  return {
    name: here.id || here.name || here.textContent.trim(),
    part: here.closest('.skip') ? '.skip' : parts.find(one => here.closest(one)) || '',
    seen: place.bottom > 0 && place.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("desk")
    app = loading.load(f"sqlite:///{folder / 'demo.sqlite3'}", folder)
    yield app
    versions.forget()
    with app.app_context():
        db.db.engine.dispose()


@pytest.fixture(scope="module")
def address(demo: Flask) -> Iterator[str]:
    with served(demo) as address:
        yield address


@pytest.fixture
def desk(chromium: Browser, address: str, demo: Flask) -> Iterator[OpenDesk]:
    """desk("mona", script=False, width=1200) is a browser in which this person is signed in; None is a stranger."""
    contexts = []

    def opened(name: str | None, *, script: bool = True, width: int = NARROW) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, locale="da", java_script_enabled=script
        )
        contexts.append(context)
        if name:
            cookie, token = session_of(demo, name)
            context.add_cookies([{"name": cookie, "value": token, "url": address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def session_of(app: Flask, name: str) -> tuple[str, str]:
    with app.app_context():
        token = session.begin(users.named(name), clock.now())
        db.db.session.commit()
        return session.cookie_name(), token


def a_text(page: Page, tray: str = "waiting", *, nth: int = 0) -> str:
    page.goto(f"/desk/queue?tray={tray}")
    return page.locator("#queue-list a").nth(nth).get_attribute("href") or ""


@contextmanager
def console(page: Page) -> Iterator[list[str]]:
    """What the browser says meanwhile; it says it aloud when the content policy stops something."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    yield said
    page.remove_listener("console", hear)


def faults(page: Page, where: str) -> list[object]:
    """Everything that is wrong with one page, its folded parts open."""
    found: list[object] = []
    with console(page) as said:
        answer = page.goto(where)
        page.evaluate(OPEN_ALL)
        wide = too_wide(page)
    violations = Axe().run(page, options=RULES).response["violations"]
    found += [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
    found += [f"{wide} px too wide"] if wide > 0 else []
    found += [f"status {answer.status}"] if answer and answer.status != 200 else []
    return found + said


def check(page: Page, *addresses: str) -> None:
    found = {where: faults(page, where) for where in addresses}

    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_the_sign_in_page_is_sound(desk: OpenDesk) -> None:
    check(desk(None), "/desk/login")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_everybody_are_sound(desk: OpenDesk, name: str) -> None:
    check(desk(name), *PAGES[name])


def test_texts_in_every_state_are_sound(desk: OpenDesk) -> None:
    page = desk("mona")

    check(page, *(a_text(page, tray) for tray in TRAYS))


@pytest.mark.parametrize("width", [NARROW, 1200])
def test_tab_goes_through_a_text_as_it_is_read_and_is_always_seen(desk: OpenDesk, width: int) -> None:
    page = desk("mona", width=width)
    page.goto(a_text(page))
    page.evaluate("() => document.activeElement.blur()")
    stops, unseen = [], []
    for _ in range(110):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
        unseen += [ring] if (ring := page.evaluate(WITHOUT_A_RING)) else []
        if stops[-1]["part"] == ".other-ways":
            break

    parts = list(dict.fromkeys(stop["part"] for stop in stops))
    assert parts == [
        ".skip", ".top", ".left", ".steps", "#reading", ".beside", ".codes", ".deciding", ".other-ways",
    ]  # fmt: skip
    assert unseen == []
    assert [stop for stop in stops if not stop["seen"]] == []


def test_the_skip_link_leads_past_everything_to_the_text(desk: OpenDesk) -> None:
    page = desk("mona")
    page.goto(a_text(page))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_function(HAS_FOCUS, arg="main")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_after_a_decision_by_keyboard_the_next_text_has_the_focus(desk: OpenDesk, *, script: bool) -> None:
    page = desk("mona", script=script)
    page.goto(a_text(page, nth=-1))  # not the urgent one on top: another test looks at it
    before = page.url
    for question in page.locator("input[name=asked]").all():
        question.focus()
        page.keyboard.press("Space")
    page.locator("#approve-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.partition("?")[0] != before)

    page.wait_for_function(f"() => ({HAS_FOCUS})('heading')")
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["part"] == ".steps"
