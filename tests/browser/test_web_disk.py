"""What Chromium leaves on the disk of a borrowed telephone: nothing that was chosen, written or given."""

import base64
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import CHROMIUM
from tests.browser.test_web_journey import to_last_page

WORDS = "Kakaduen sover uroligt"
LONG_ENOUGH = 13  # seconds until Chromium has written its session to disk
_INFLATABLE = (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda")


@pytest.fixture
def borrowed(chromium: Browser, live_server: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with a profile on disk, as on a telephone."""
    found = next(path for path in CHROMIUM if Path(path).exists())
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=found, args=["--no-sandbox"], base_url=live_server, locale="da",
        java_script_enabled=False,
    )  # fmt: skip
    yield context
    context.close()


def traces(profile: Path, secret: str) -> list[str]:
    """The files that hold the secret, in any spelling a browser keeps things in."""
    spellings = [
        secret.encode(),
        secret.encode("utf-16-le"),
        quote_plus(secret).encode(),
        base64.b64encode(secret.encode()),
    ]
    found = []
    for path in profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(spelling in part for part in (content, *_inflated(content)) for spelling in spellings):
                found.append(path.name)
    return found


def _inflated(content: bytes) -> Iterator[bytes]:
    for mark in _INFLATABLE:
        start = content.find(mark)
        while start >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(47).decompress(content[start:])
            start = content.find(mark, start + 1)


def test_a_whole_journey_leaves_no_words_and_no_code(borrowed: BrowserContext, tmp_path: Path) -> None:
    page = borrowed.pages[0]
    page.goto("/s/GH1")
    to_last_page(page)
    page.fill("textarea", WORDS)
    page.check("#code")
    time.sleep(LONG_ENOUGH)  # typed and not yet sent
    page.click("button[value=send]")
    code = page.text_content(".c") or ""
    page.goto("/kvittering")
    page.fill("#kode", code)
    page.click("main button")
    time.sleep(LONG_ENOUGH)
    borrowed.close()

    assert len(code.split()) == 4
    assert traces(tmp_path / "profile", WORDS) == []
    assert traces(tmp_path / "profile", code) == []
    assert traces(tmp_path / "profile", "answer=4") == []
    assert traces(tmp_path / "profile", "/s/GH1") != []  # the address is there, so the search can see


def test_the_search_finds_what_a_careless_page_leaves(app: Flask, borrowed: BrowserContext, tmp_path: Path) -> None:
    page = borrowed.pages[0]
    page.goto("/s/GH1")
    page.route("**/careless", lambda route: route.fulfill(
        content_type="text/html", body="<form method=post><input name=words id=words><button>Send</button></form>"
    ))  # fmt: skip
    page.goto("/careless")
    page.fill("#words", WORDS)
    page.click("button")
    time.sleep(LONG_ENOUGH)
    borrowed.close()

    assert traces(tmp_path / "profile", WORDS) != []
