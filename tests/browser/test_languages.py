"""Languages nobody has read, on the narrowest telephone: nothing is cut off, and each says what it is."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.widths import too_wide

CUT_OFF = """() => [...document.querySelectorAll('main a, main button, main label, main h1, main p')]
  .filter(one => one.getClientRects().length && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
  .map(one => one.textContent.trim())"""


@pytest.mark.parametrize(("lang", "direction"), [("kl", "ltr"), ("pl", "ltr"), ("fa", "rtl"), ("so", "ltr")])
def test_a_run_in_this_language_fits_the_narrowest_telephone(open_page: OpenPage, lang: str, direction: str) -> None:
    page = open_page("/s/GH1", lang=lang, script=True)
    found = {}

    def look(what: str) -> None:
        found[what] = (too_wide(page), page.evaluate(CUT_OFF), page.get_attribute("html", "dir"))

    def press(value: str) -> None:
        with page.expect_navigation():
            page.click(f"button[value={value}]")

    look("start")
    press("start")
    while not page.locator("textarea").count():
        look(page.text_content("h1") or "")
        press("skip")
    look("last")
    press("send")
    look("thanks")
    page.goto("/privatliv")
    look("privacy")

    assert len(found) >= 8
    assert {what: seen for what, seen in found.items() if seen != (0, [], direction)} == {}
