"""A tablet of a place in the system's Chromium, as a visitor and those who work there use it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from app.channels.kiosk import devices
from app.core import db
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Kiosk, Response, Site
from tests.chromium import CHROMIUM

PIN = "271828"
SCREEN = {"width": 1024, "height": 600}
RESPONSES = "**/kiosk/api/v1/responses"
LATER = 320
"""Seconds after which a tablet has tried again."""
MOST_WAITS = 80
A_WHILE = 900
"""Milliseconds after which a new screen hears a touch, and a person has read a little."""
IN_CHARGE = """() => !!navigator.serviceWorker.controller ||
  new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', () => done(), {once: true}))"""
"""Waits for the worker, so that nothing of the tablet needs the net any more."""
OPENED = """const asked = indexedDB.open('kiosk', 1);
  asked.onupgradeneeded = () => ['q', 'aside'].forEach(name => asked.result.createObjectStore(name));"""
QUEUE = (
    f"""() => new Promise(done => {{
  {OPENED}
"""
    + """
  asked.onsuccess = () => {
    const tx = asked.result.transaction(['q', 'aside']), found = {};
    for (const set of ['q', 'aside'])
      tx.objectStore(set).getAllKeys().onsuccess = event => found[set] = event.target.result;
    tx.oncomplete = () => { asked.result.close(); done(found); };
  };
})"""
)


class Tablet:
    """One tab of a tablet; its clock can be moved on."""

    def __init__(self, page: Page, device: str) -> None:
        self.page, self.device = page, device

    def open(self) -> "Tablet":
        self.page.goto("/kiosk")
        expect(self.page.locator("html.app")).to_have_count(1)
        self.page.evaluate(IN_CHARGE)
        return self

    def wait(self, seconds: float) -> None:
        self.page.clock.run_for(int(seconds * 1000))

    def press(self, what: str) -> None:
        """Once the screen has stood long enough."""
        self.page.wait_for_selector(what)
        self.wait(A_WHILE / 1000)
        self.page.click(what)

    def begin(self) -> None:
        self.press(".start .main")
        self.press(".promise .main")

    def to_words(self) -> None:
        """A whole run of five_tap, as far as the words."""
        self.begin()
        self.press(".grid button >> nth=3")
        self.wait(1)
        self.page.click(".grid button >> nth=0")
        self.page.click(".grid button >> nth=4")
        self.press(".next")
        self.press(".grid button >> nth=0")
        self.press(".grid button >> nth=0")
        expect(self.page.locator("textarea")).to_be_visible()

    def finish(self, words: str = "", *, quote: bool = False, code: bool = False) -> str:
        """To the end; the receipt words if a code was wanted."""
        if words:
            self.page.fill("textarea", words)
        self.press(".next")
        self.wait(A_WHILE / 1000)
        if quote:
            self.page.click(".almost .grid button >> nth=0")
        if code:
            self.page.click(".almost .grid button >> nth=-1")
        self.send()
        return (self.page.text_content(".code") or "") if code else ""

    def send(self) -> None:
        self.press(".almost .next")
        expect(self.page.locator("main.thanks")).to_be_visible()

    def run(self, words: str = "", *, code: bool = False) -> str:
        """One person, from start to start."""
        self.to_words()
        given = self.finish(words, code=code)
        self.press(".thanks .next")
        expect(self.page.locator("main.start")).to_be_visible()
        return given

    def queue(self) -> dict[str, list[str]]:
        """The names of what waits, and of what is set aside."""
        found: dict[str, list[str]] = self.page.evaluate(QUEUE)
        return found

    def until(self, is_so: Callable[[], bool], seconds: float = 10) -> None:
        """Wait, in the world's time, for something the page does by itself."""
        for _ in range(int(seconds * 20)):
            if is_so():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"still waiting after {seconds} s: {self.queue()}")

    def until_sent(self) -> None:
        self.until(self._has_sent, 20)

    def _has_sent(self) -> bool:
        self.wait(2)  # less than what ends a request that is under way
        return self.queue()["q"] == []

    def let_pass(self, seconds: int) -> None:
        """A long time, in which what is asked of the net is answered."""
        for _ in range(seconds // 4):
            self.wait(4)
            self.page.wait_for_timeout(20)

    def until_heartbeat(self) -> None:
        """Somebody is there until one is answered: one that is due while the tablet sends is left out."""
        heard: list[str] = []
        self.page.on("response", lambda answer: heard.extend(re.findall("/heartbeat", answer.url)))
        for _ in range(MOST_WAITS):
            if heard:
                return
            self.let_pass(40)
            self.page.keyboard.press("Shift")
        raise AssertionError("the tablet tells nothing")

    def hurry(self) -> None:
        """A short run, left at thanks."""
        self.begin()
        for _ in range(5):
            self.press(".skip")
        self.send()

    def to_menu(self, pin: str = PIN) -> None:
        """Five touches in the corner, then the PIN."""
        for _ in range(5):
            self.page.mouse.click(40, 40)
        self.page.wait_for_selector(".keypad")
        self.wait(A_WHILE / 1000)
        self.type(pin)
        self.page.click(".next")
        if pin == PIN:
            expect(self.page.locator("main.menu")).to_be_visible()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.page.get_by_role("button", name=digit, exact=True).click()


def device(site_code: str = "GH1", **settings: Any) -> tuple[Kiosk, str]:
    """A tablet of a place that never sleeps, and its token."""
    site = db.db.session.get(Site, site_code)
    assert site is not None
    site.hours = "always"
    now = datetime.now(UTC)
    _, code = kiosks.create(site_code, "Ved døren", now)
    enrolled = kiosks.enrol(code, now)
    assert enrolled is not None
    kiosk_settings.set_pin(enrolled[0], PIN)
    kiosk_settings.change(enrolled[0], **{"words_screen": True, **settings})
    db.db.session.commit()
    return enrolled


def cookie(address: str, token: str) -> Any:
    return {"name": devices.cookie_name(), "value": token, "url": f"{address}/kiosk"}


@contextmanager
def on_disk(chromium: Browser, address: str, profile: Path) -> Iterator[BrowserContext]:
    """A browser whose profile lies in a folder, as on the tablet itself."""
    found = next(path for path in CHROMIUM if Path(path).exists())
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=found, args=["--no-sandbox"], base_url=address, locale="da", viewport=SCREEN,
    )  # fmt: skip
    yield context
    context.close()


def opened(context: BrowserContext, name: str) -> Tablet:
    """A new tab with a clock that can be moved."""
    page = context.pages[0] if context.pages and context.pages[0].url == "about:blank" else context.new_page()
    page.set_default_timeout(10_000)
    page.clock.install()
    return Tablet(page, name)


def stored() -> list[Response]:
    """The answers that arrived from tablets."""
    found = list(db.db.session.scalars(select(Response).where(Response.channel == "kiosk")))
    db.db.session.rollback()
    return found
