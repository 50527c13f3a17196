"""A codebook read in and statements taken along in a browser: without script, on the narrowest screen, to axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.widths import too_wide
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.exchange.test_working import NEEDLE, coded

GOOD = "key;parent;name_da;hints\nADG.KOE;ADG;Kø og ventetid;kø|vente\nADG.NYT;ADG;Noget nyt;\n"
BAD = "key;parent;name_da\nADG;MOB;Kø\nZZZ.ZZZ;YYY;Noget nyt\n"


@pytest.fixture
def desk(live_server: str, app: Flask) -> None:
    factories.the_codebook()
    coded(NEEDLE)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(chromium: Browser, live_server: str, desk: None, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An analyst's browser on a small telephone."""
    token = session.begin(accounts.a_user("analyst"), clock.now())
    db.db.session.commit()
    context = chromium.new_context(
        base_url=live_server, locale="da", java_script_enabled=request.param, viewport={"width": 320, "height": 640}
    )
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def look(page: Page) -> None:
    """The page fits and axe has nothing to say; without script neither can be asked."""
    if page.evaluate("() => 'htmx' in window"):
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        assert too_wide(page) <= 0


def choose(page: Page, path: Path, content: str) -> None:
    path.write_text(content, "utf-8")
    page.set_input_files("#file", path)
    page.click("main form button")
    look(page)


def test_a_file_goes_into_the_draft_and_statements_leave_with_a_reason(page: Page, tmp_path: Path) -> None:
    page.goto("/desk/codebook/import")
    choose(page, tmp_path / "bad.csv", BAD)

    assert page.locator("main tbody tr").count() == 2
    assert page.locator("main form").count() == 0

    page.click("main a.back")
    choose(page, tmp_path / "good.csv", GOOD)
    page.fill("#reason", "Fra samlemødet")
    page.click("main form button")
    page.wait_for_url("**/desk/codebook/draft*")

    assert "ADG.NYT" in page.inner_text("main")

    page.goto("/desk/export")
    look(page)
    page.fill("#reason", "Til rapporten om foråret")
    with page.expect_download() as download:
        page.click("button:text-is('CSV')")

    assert download.value.suggested_filename == "udsagn.csv"
    assert NEEDLE in Path(download.value.path()).read_text("utf-8-sig")
