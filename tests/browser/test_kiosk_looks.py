"""How the tablet looks and weighs: to axe, to the ruler, from right to left, and how soon it answers a touch."""

import gzip
from collections.abc import Callable, Iterator

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page

from app.channels.kiosk import files
from tests.browser import tablets
from tests.browser.tablets import Tablet
from tests.channels.web import factories

OpenTablet = Callable[..., Tablet]
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
HEAVIEST, HEAVIEST_GZIPPED = 6000, 6600
"""Bytes of the script every visitor loads, as tablets get it (docs/decisions/0007-the-tablets-script-as-brotli.md)."""
SMALL = """() => [...document.querySelectorAll('main button, main input, main textarea')]
  .map(one => [one.className + ' ' + one.textContent, one.getBoundingClientRect(),
    one.closest('.grid:not(.bars)') ? 176 : 72])
  .filter(([, box, least]) => box.width < least - .5 || box.height < least - .5)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
CLOSE = """() => {
  const all = [...document.querySelectorAll('main button')].map(one => [one.textContent, one.getBoundingClientRect()]);
  const found = [];
  for (const [name, one] of all) for (const [other, two] of all) {
    const across = Math.max(two.left - one.right, one.left - two.right);
    const down = Math.max(two.top - one.bottom, one.top - two.bottom);
    if (one !== two && Math.max(across, down) < 5.9) found.push([name, other]);
  }
  return found;
}"""
SCROLLS = """() => [document.documentElement.scrollHeight - innerHeight,
  document.documentElement.scrollWidth - innerWidth]"""
OVERFLOWS = """() => [...document.querySelectorAll('main button')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map(one => one.textContent)"""


def every_screen(one: Tablet, lang: str) -> Iterator[str]:
    """Every kind of screen a visitor meets, with a question of each type."""
    names = {"da": "Dansk", "en": "English", "ar": "العربية", "fa": "فارسی"}
    one.press(f".langs button >> text={names[lang]}")
    yield "start"
    one.press(".start .next")
    yield "together"
    one.press(".helping .grid button >> nth=1")
    yield "promise"
    one.press(".promise .main")
    for _ in range(12):
        yield one.page.locator("main").get_attribute("class") or ""
        one.press(".skip")
    one.press(".almost .back")
    one.press(".ask .back")
    one.wait(1)
    one.page.fill("textarea", "Kaffe")
    one.press(".next")
    one.press(".next")
    yield "almost"
    one.wait(1)
    for box in one.page.locator(".almost .grid button").all():
        box.click()
    one.press(".aid")
    yield "help"
    one.press(".lines .next")
    one.wait(62)
    yield "warning"
    one.press(".warn .main")
    one.press(".almost .next")
    one.page.wait_for_selector(".code")
    yield "thanks"
    one.press(".thanks .next")
    one.to_menu()
    yield "menu"


def faults(page: Page) -> list[object]:
    found: list[object] = [one["id"] for one in Axe().run(page, options=RULES).response["violations"]]
    down, across = page.evaluate(SCROLLS)
    found += [f"scrolls {down} px down, {across} px across"] if down > 0 or across > 0 else []
    found += [("small", *one) for one in page.evaluate(SMALL)]
    found += [("close", *one) for one in page.evaluate(CLOSE)]
    return found + [("cut off", one) for one in page.evaluate(OVERFLOWS)]


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_every_screen_is_sound_and_needs_no_scrolling(tablet: OpenTablet, lang: str) -> None:
    factories.publish_every_type()
    factories.site(kiosk_survey="every_type")
    one = tablet()
    said: list[str] = []
    one.page.on("console", lambda message: said.append(message.text))

    wrong = {name: found for name in every_screen(one, lang) if (found := faults(one.page))}
    assert wrong == {}
    assert said == []


@pytest.mark.parametrize("survey", ["five_tap", "track_core"])
@pytest.mark.parametrize("lang", ["Dansk", "العربية"])
def test_the_surveys_of_the_house_fit_their_cards(tablet: OpenTablet, survey: str, lang: str) -> None:
    factories.site(kiosk_survey=survey)
    one = tablet()
    one.press(f".langs button >> text={lang}")
    one.begin()
    wrong = {}
    while one.page.locator("main.ask").count():
        name = one.page.text_content("h1") or ""
        wrong[name] = faults(one.page)
        one.press(".skip")

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("size", [(1280, 800), (600, 1024), (800, 1280)])
def test_other_screens_are_not_too_narrow(tablet: OpenTablet, size: tuple[int, int]) -> None:
    one = tablet(size={"width": size[0], "height": size[1]})
    one.begin()
    wide = []
    while one.page.locator("main.ask").count():
        wide.append(one.page.evaluate(SCROLLS)[1])
        one.press(".skip")

    assert max(wide) <= 0


def test_large_text_and_contrast_stay_readable(tablet: OpenTablet) -> None:
    one = tablet()
    one.wait(1)
    for _ in range(2):
        one.page.click(".tools button >> nth=0")
    one.page.click(".tools button >> nth=1")
    one.begin()

    violations = Axe().run(one.page, options=RULES).response["violations"]
    assert [found["id"] for found in violations] == []
    assert one.page.evaluate(SCROLLS)[1] <= 0
    assert one.page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "30px"


def test_arabic_runs_from_right_to_left(tablet: OpenTablet) -> None:
    one = tablet()
    one.press(".langs button >> text=العربية")
    one.begin()
    first, last = (one.page.locator(".grid button").nth(place).bounding_box() for place in (0, -1))
    back, skip = (one.page.locator(part).bounding_box() for part in (".back", ".skip"))

    assert one.page.evaluate("() => document.documentElement.dir") == "rtl"
    assert first is not None
    assert last is not None
    assert back is not None
    assert skip is not None
    assert first["x"] > last["x"]
    assert back["x"] > skip["x"]


def test_a_touch_is_answered_within_a_tenth_of_a_second(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.wait(1)
    took = one.page.evaluate(
        "() => { const began = Date.now(), before = document.querySelector('h1').textContent; "
        "document.querySelector('.grid button').click(); document.body.getBoundingClientRect(); "
        "return document.querySelector('h1').textContent === before ? 1e6 : Date.now() - began; }"
    )

    assert took <= 100


def test_the_tablet_weighs_what_it_may(tablet: OpenTablet, client: FlaskClient) -> None:
    _, token = tablets.device()
    client.set_cookie("kiosk", token, path="/kiosk")
    weights = {
        address: len(gzip.compress(client.get(address).data, 9))
        for address in (
            *("/kiosk", "/kiosk/pack.json", "/kiosk/sw.js"),
            *(file.address for file in (files.script(), files.staff_script(), files.style())),
        )
    }
    shell = weights["/kiosk"] + weights["/kiosk/pack.json"]

    sent = client.get(files.script().address, headers={"Accept-Encoding": "gzip, br"})
    assert (sent.headers["Content-Encoding"], brotli.decompress(sent.data)) == ("br", files.script().content)
    assert len(sent.data) <= HEAVIEST
    assert weights[files.script().address] <= HEAVIEST_GZIPPED
    assert weights[files.staff_script().address] <= 2000
    assert weights[files.style().address] <= 2000
    assert weights["/kiosk/sw.js"] <= 1024
    assert shell <= 25000, weights


def test_the_tablet_asks_for_eight_files_and_no_other_host(tablet: OpenTablet, live_server: str) -> None:
    one = tablet(is_open=False)
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    one.open()
    one.page.wait_for_timeout(1500)

    loaded = [url for url in asked if "/api/" not in url and not url.startswith("data:")]
    assert all(url.startswith(live_server) for url in asked if not url.startswith("data:"))
    assert len(loaded) <= 8
