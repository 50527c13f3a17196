"""The system's Chromium, begun once in each process of the tests."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next((path for path in CHROMIUM if shutil.which(path)), None)
    if found is None:
        pytest.fail("Chromium is not installed: apt-get install chromium (or SKIP_BROWSER=1)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
