"""On a weak line and a slow telephone the first words are there within two seconds."""

import random
import string
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.conftest import served
from tests.channels.web import album

SPEED = 50_000 / 8  # bytes a second
LATENCY = 500  # milliseconds
SLOWER = 20  # times, than the processor at hand
MOST = 2_000  # milliseconds to the first paint
BARE = 1_100  # milliseconds to the first paint of a page with one letter, where nothing else runs
TRIES = 3
PAINT = """() => new Promise(done => {
  const look = () => {
    const [seen] = performance.getEntriesByName('first-contentful-paint');
    seen ? done(seen.startTime) : requestAnimationFrame(look);
  };
  look();
})"""
PAGES = ("/s/GH1", "/", "/kvittering", "/privatliv")


def slow(page: Page, *, processor: int) -> Page:
    """The weak line of the specification, set up in the browser itself."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY, "downloadThroughput": SPEED, "uploadThroughput": SPEED,
    })  # fmt: skip
    line.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    return page


def first_paint(browser: Browser, address: str, *, processor: int = SLOWER) -> float:
    """Milliseconds from the press of a link to the first words, for somebody who was never here."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="da")
    page = slow(context.new_page(), processor=processor)
    page.goto(address, wait_until="commit")
    paint = float(page.evaluate(PAINT))
    context.close()
    return paint


def is_in_time(browser: Browser, address: str, bare: str, *, tries: int = TRIES) -> bool:
    """Whether the page keeps the limit; what an empty one takes too long beside it is the machine's own hurry."""
    for _ in range(tries):
        hurry = max(0.0, first_paint(browser, bare) - BARE)
        if first_paint(browser, address) - hurry <= MOST:
            return True
    return False


def of_one_page(html: str) -> Flask:
    app = Flask("one page")
    app.add_url_rule("/", view_func=lambda: html)
    return app


@pytest.fixture(scope="module")
def bare() -> Iterator[str]:
    with served(of_one_page('<!DOCTYPE html><link rel="icon" href="data:,"><title>x</title><p>x')) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_the_first_words_are_there_within_two_seconds(chromium: Browser, bare: str, path: str) -> None:
    with album.elsewhere(), served(album.demo()) as address:
        first_paint(chromium, address + path, processor=1)  # what is compiled once is not the line's fault

        assert is_in_time(chromium, address + path, bare)


def test_a_page_that_is_too_heavy_for_the_line_is_found(chromium: Browser, bare: str) -> None:
    noise = "".join(random.Random(1).choices(string.ascii_letters, k=20_000))
    html = album.of("da")["front"].html.replace("<style>", f"<!-- {noise} --><style>")
    with served(of_one_page(html)) as address:
        assert not is_in_time(chromium, address, bare, tries=1)
