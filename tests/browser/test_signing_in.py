"""Signing in with name, password and telephone on the narrowest screen, each page looked at."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.test_desk_axe import NARROW
from tests.browser.test_desk_kiosks import wrong
from tests.desk.accounts import factories
from tests.desk.accounts.telephones import reads, with_telephone

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """A desk that also knows an account at work."""
    at_work = {"ISSUER": "https://id.example", "CLIENT_ID": "stemme", "CLIENT_SECRET": "x" * 32}
    return environ | {f"STEMME_OIDC_{name}": value for name, value in at_work.items()}


@pytest.fixture(params=["da", "en"])
def page(chromium: Browser, app: Flask, live_server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A stranger at the desk of a production, in this language."""
    app.extensions["settings"] = replace(app.extensions["settings"], env="production")
    context = chromium.new_context(
        base_url=live_server, viewport={"width": NARROW, "height": 800}, locale=request.param
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def sign_in(page: Page, name: str, password: str = factories.PASSWORD) -> None:
    page.goto("/desk/login")
    page.fill("#name", name)
    page.fill("#password", password)
    press(page)


def press(page: Page, button: str = "main button[type=submit]") -> None:
    with page.expect_navigation():
        page.click(button)


def test_the_first_telephone_is_set_up_and_its_pages_are_sound(page: Page) -> None:
    factories.a_user("moderator", name="mona", password=factories.PASSWORD)
    found = {}
    page.goto("/desk/login")
    found["login"] = wrong(page)
    sign_in(page, "mona", "forkert kodeord her")
    found["refused"] = wrong(page)
    assert page.title().startswith(("Fejl:", "Error:"))
    assert page.input_value("#name") == "mona"

    sign_in(page, "mona")
    asked_for = page.url
    found["new telephone"] = wrong(page)
    telephone = reads(page.content())
    page.fill("#code", "000000")
    press(page)
    found["wrong code"] = wrong(page)
    assert reads(page.content()) == telephone

    page.fill("#code", telephone.shows())
    press(page)
    codes = page.locator(".code li").all_inner_texts()
    found["recovery codes"] = wrong(page)
    page.goto("/desk/factor")
    found["telephone"] = wrong(page)

    assert asked_for.endswith("/desk/factor")
    assert len(set(codes)) == 8
    assert found == dict.fromkeys(found, [])


def test_a_code_then_a_recovery_code_let_in_and_their_page_is_sound(page: Page) -> None:
    _, telephone, codes = with_telephone("moderator", "mona")
    found = {}
    sign_in(page, "mona")
    found["code"] = wrong(page)
    page.fill("#code", "12 34 56")
    press(page)
    found["refused"] = wrong(page)
    page.fill("#code", telephone.shows())
    press(page)
    assert page.url.endswith("/desk")

    page.context.clear_cookies()
    sign_in(page, "mona")
    page.fill("#code", codes[0].upper())
    press(page)
    assert page.url.endswith("/desk")
    page.goto("/desk/held")
    found["held answers"] = wrong(page)

    assert found == dict.fromkeys(found, [])


def test_what_waits_for_a_second_administrator_is_sound_on_both_screens(page: Page) -> None:
    _, telephone, _ = with_telephone("admin", "anna")
    _, other, _ = with_telephone("admin", "arne")
    found = {}
    sign_in(page, "anna")
    page.fill("#code", telephone.shows())
    press(page)
    page.goto("/desk/users")
    page.fill("#name", "mette")
    page.fill("#display_name", "Mette")
    page.select_option("#role", "moderator")
    press(page, "form[action='/desk/users'] button[type=submit]")
    assert page.url.endswith("/desk/users/mette")
    found["who asked"] = wrong(page)

    page.context.clear_cookies()
    sign_in(page, "arne")
    page.fill("#code", other.shows())
    press(page)
    page.goto("/desk/users/mette")
    found["who may agree"] = wrong(page)
    press(page, "form[action$='/agree'] button")
    first = page.inner_text(".first-password")
    found["agreed, and the first password"] = wrong(page)
    page.context.clear_cookies()
    sign_in(page, "mette", first)

    assert re.search(r"/desk/(password|factor)", page.url)
    assert found == dict.fromkeys(found, [])
