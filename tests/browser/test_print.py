"""Sheets for print in a browser: each fits on its paper in every language, and its code is as large as on paper."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core.i18n import LANGUAGES
from app.desk.accounts import session
from tests.desk.accounts import factories

PAPER = {"poster": 297, "door": 210, "toilet": 210, "sms": 297}
"""Millimetres from top to bottom."""
HEIGHT = """() => {
  const rule = document.body.appendChild(document.createElement('div'));
  rule.style.height = '1000mm';
  const metre = rule.getBoundingClientRect().height;
  rule.remove();
  return document.querySelector('.sheet').getBoundingClientRect().height / metre * 1000;
}"""
SPILLS = """() => [...document.querySelectorAll('.face')].filter(one => {
  const last = one.querySelector('.small').getBoundingClientRect(), face = one.getBoundingClientRect();
  return one.scrollHeight > one.clientHeight || last.bottom > face.bottom + 1 || last.top < face.top - 1;
}).length"""
WIDE = 1100


@pytest.fixture
def page(app: Flask, chromium: Browser, live_server: str) -> Iterator[Page]:
    """A browser on a desk, signed in as somebody who may print."""
    client = factories.sign_in(app, "admin")
    cookie = client.get_cookie(session.cookie_name())
    assert cookie
    context = chromium.new_context(base_url=live_server, viewport={"width": WIDE, "height": 900}, locale="da")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAPER)
def test_a_sheet_fits_on_its_paper_in_every_language(page: Page, name: str) -> None:
    too_long = {}
    for lang in LANGUAGES:
        page.goto(f"/desk/sites/GH1/print/{name}?lang={lang}")
        height = page.evaluate(HEIGHT)
        if height > PAPER[name]:
            too_long[lang] = height

    assert too_long == {}


def test_nothing_hangs_over_the_edge_of_a_table_card_in_any_language(page: Page) -> None:
    spilt = {}
    for lang in LANGUAGES:
        page.goto(f"/desk/sites/GH1/print/tent?lang={lang}")
        spilt[lang] = page.evaluate(SPILLS)

    assert spilt == dict.fromkeys(LANGUAGES, 0)


def test_a_name_far_too_long_would_be_seen(page: Page) -> None:
    page.goto("/desk/sites/GH1/print/door")
    page.evaluate("() => { document.querySelector('.place').textContent = 'Et meget langt navn '.repeat(60) }")
    over = page.evaluate(HEIGHT)
    page.goto("/desk/sites/GH1/print/tent")
    page.evaluate("() => { document.querySelector('.place').textContent = 'Et meget langt navn '.repeat(60) }")

    assert over > PAPER["door"]
    assert page.evaluate(SPILLS) > 0
