"""How the citizens' pages look: on the narrowest telephone, in large text, from right to left, to axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.test_web_journey import next_one
from tests.channels.web import factories

STILL = ("/", "/s/XX9", "/kvittering", "/hjaelp?sted=GH1", "/privatliv", "/tilgaengelighed", "/findes-ikke")
LARGE_TEXT = "document.documentElement.style.fontSize = '225%'"
SPACED_TEXT = """
for (const one of document.querySelectorAll('*')) {
  one.style.lineHeight = '1.5'; one.style.letterSpacing = '0.12em'; one.style.wordSpacing = '0.16em';
}
"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, .o label, .f, textarea')]
  .filter(one => one.getClientRects().length && !one.closest('p:not(.k), dd'))
  .map(one => [one.textContent.trim(), Math.round(one.getBoundingClientRect().height)])
  .filter(([, height]) => height < 40)"""
SMALL_BOXES = """() => [...document.querySelectorAll('.o label, main button')]
  .map(one => one.getBoundingClientRect().height).filter(height => height < 56)"""


def go(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def walk(page: Page) -> Iterator[str]:
    """Every kind of page of a survey, with and without something missing."""
    yield "start"
    go(page, "button[value=start]")
    for number in range(10):
        yield f"question {number}"
        go(page, "button[value=next]")
        yield f"question {number} with nothing chosen"
        go(page, "button[value=skip]")
    page.fill("textarea", "x" * 2001)
    page.check("#code")
    go(page, "button[value=send]")
    yield "last page with too many words"
    page.fill("textarea", "Ord")
    go(page, "button[value=send]")
    yield "thanks"
    words = page.text_content(".c") or ""
    page.goto("/kvittering")
    page.fill("#kode", words)
    go(page, "main button")
    yield "receipt"
    go(page, "main a.b.n")
    yield "delete"
    go(page, "main button")
    yield "deleted"
    page.goto("/kvittering")
    page.fill("#kode", "hudd kat")
    go(page, "main button")
    yield "unknown receipt"


def every_page(open_page: OpenPage, lang: str, width: int) -> Iterator[tuple[str, Page]]:
    factories.publish_every_type()
    page = open_page("/s/GH1", lang=lang, width=width, script=True)
    for name in walk(page):
        yield name, page
    for address in STILL:
        page.goto(address)
        yield address, page


@pytest.mark.parametrize("lang", ["da", "en", "ar", "fa"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(open_page: OpenPage, lang: str, width: int) -> None:
    wide = {name: page.evaluate(TOO_WIDE) for name, page in every_page(open_page, lang, width)}

    assert {name: more for name, more in wide.items() if more > 0} == {}


@pytest.mark.parametrize("lang", ["da", "ar"])
@pytest.mark.parametrize("change", [LARGE_TEXT, SPACED_TEXT])
def test_large_and_spaced_text_still_fits(open_page: OpenPage, lang: str, change: str) -> None:
    wide = {}
    for name, page in every_page(open_page, lang, 320):
        page.evaluate(change)
        wide[name] = page.evaluate(TOO_WIDE)

    assert {name: more for name, more in wide.items() if more > 0} == {}


@pytest.mark.parametrize("lang", ["da", "ar"])
def test_everything_to_press_is_large_enough_for_a_thumb(open_page: OpenPage, lang: str) -> None:
    small = {}
    for name, page in every_page(open_page, lang, 320):
        small[name] = page.evaluate(SMALL_TARGETS) + page.evaluate(SMALL_BOXES)

    assert {name: found for name, found in small.items() if found} == {}


def test_the_box_of_an_arabic_answer_is_on_the_right(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", lang="ar", width=320)
    page.click("button[value=start]")
    mark = page.locator("#a1").bounding_box()

    assert mark is not None
    assert mark["x"] > 320 / 2


def test_what_is_chosen_is_seen_without_colour(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    page.emulate_media(forced_colors="active")
    page.click("button[value=start]")
    page.check("#a2")

    assert page.locator("#a2").is_visible()
    assert page.evaluate("() => getComputedStyle(document.querySelector('#a2')).appearance") != "none"


@pytest.mark.parametrize(("lang", "width"), [("da", 320), ("en", 1280), ("ar", 320)])
def test_axe_finds_nothing(open_page: OpenPage, lang: str, width: int) -> None:
    options = {
        "resultTypes": ["violations"],
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
    found = {}
    for name, page in every_page(open_page, lang, width):
        violations = Axe().run(page, options=options).response["violations"]
        found[name] = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]

    assert {name: one for name, one in found.items() if one} == {}


def test_a_page_is_one_request_without_cookies_or_a_word_in_the_console(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    asked, said = [], []
    page.on("request", lambda request: asked.append((request.method, request.url.partition("?")[0])))
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    page.click("button[value=start]")
    next_one(page, "a4")

    address = page.url.partition("?")[0]
    assert asked == [("GET", address), ("POST", address), ("GET", address), ("POST", address), ("GET", address)]
    assert said == []
    assert page.context.cookies() == []
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_style_or_script_that_is_smuggled_in_does_nothing(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    page.evaluate("""() => {
      document.body.insertAdjacentHTML('beforeend', '<style>h1 { display: none }</style>');
      const smuggled = document.createElement('script');
      smuggled.textContent = 'window.smuggled = true';
      document.body.append(smuggled);
    }""")

    assert page.locator("h1").is_visible()
    assert page.evaluate("() => window.smuggled") is None
