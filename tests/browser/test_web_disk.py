"""What Chromium leaves on the disk of a borrowed telephone: nothing that was chosen, written or given."""

import base64
import os
import signal
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import served
from tests.browser.test_web_journey import to_last_page
from tests.channels.web import album
from tests.chromium import CHROMIUM

WORDS = "Kakaduen sover uroligt"
CARELESS = "<form method=post><input name=words id=words><button>Send</button></form>"
LONG_ENOUGH = 13  # seconds until Chromium has written its session to disk
_INFLATABLE = (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda")


@dataclass(frozen=True)
class Left:
    """The profiles of three borrowed telephones, and the code that was given on two of them."""

    quit: Path
    killed: Path
    careless: Path
    codes: tuple[str, str]


@pytest.fixture(scope="module")
def left(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """The same journey on two telephones, one shut in order and one killed, and a careless page on a third."""
    folder = tmp_path_factory.mktemp("borrowed")
    with album.elsewhere(), served(album.demo()) as address:
        telephones = {name: _telephone(chromium, folder / name, address) for name in ("quit", "killed", "careless")}
        for name in ("quit", "killed"):
            _write(telephones[name].pages[0])
        time.sleep(LONG_ENOUGH)  # typed and not yet sent
        codes = (_send(telephones["quit"].pages[0]), _send(telephones["killed"].pages[0]))
        _be_careless(telephones["careless"].pages[0])
        time.sleep(LONG_ENOUGH)
        telephones["quit"].close()
        telephones["careless"].close()
        _kill(folder / "killed")
        with suppress(Exception):
            telephones["killed"].close()
    return Left(folder / "quit", folder / "killed", folder / "careless", codes)


def _telephone(chromium: Browser, profile: Path, address: str) -> BrowserContext:
    found = next(path for path in CHROMIUM if Path(path).exists())
    return chromium.browser_type.launch_persistent_context(
        profile, executable_path=found, args=["--no-sandbox"], base_url=address, locale="da", java_script_enabled=False
    )


def _write(page: Page) -> None:
    page.goto("/s/GH1")
    to_last_page(page)
    page.fill("textarea", WORDS)
    page.check("#code")


def _send(page: Page) -> str:
    page.click("button[value=send]")
    code = page.text_content(".c") or ""
    page.goto("/kvittering")
    page.fill("#kode", code)
    page.click("main button")
    return code


def _be_careless(page: Page) -> None:
    """Our own words in a page that answers a POST with a page instead of a 303, and may be kept."""
    page.goto("/s/GH1")
    page.route("**/careless", lambda route: route.fulfill(content_type="text/html", body=CARELESS))
    page.goto("/careless")
    page.fill("#words", WORDS)
    page.click("button")


def _kill(profile: Path) -> None:
    """kill -9, as when the battery is taken out; the lock of the profile names the process."""
    os.kill(int(os.readlink(profile / "SingletonLock").rpartition("-")[2]), signal.SIGKILL)


def traces(profile: Path, secret: str) -> list[str]:
    """The files that hold the secret, in any spelling a browser keeps things in."""
    spellings = [*_spellings(secret)]
    found = []
    for path in profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(spelling in part for part in (content, *_inflated(content)) for spelling in spellings):
                found.append(path.name)
    return found


def _spellings(secret: str) -> Iterator[bytes]:
    yield from (secret.encode(), secret.encode("utf-16-le"), quote_plus(secret).encode())
    for before in range(3):  # base64 has three alignments; the letters at the edges also tell of the neighbours
        yield base64.b64encode(b"\0" * before + secret.encode())[4 if before else 0 : -4]


def _inflated(content: bytes) -> Iterator[bytes]:
    for mark in _INFLATABLE:
        start = content.find(mark)
        while start >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(47).decompress(content[start:])
            start = content.find(mark, start + 1)


@pytest.mark.parametrize("end", ["quit", "killed"])
def test_a_whole_journey_leaves_no_choice_words_state_or_code(left: Left, end: str) -> None:
    profile: Path = getattr(left, end)
    code = left.codes[end == "killed"]

    assert len(code.split()) == 4
    for secret in (WORDS, code, code.replace(" ", "-"), "answer=4", '"today":"4"', "staff,food"):
        assert traces(profile, secret) == [], secret
    assert traces(profile, "/s/GH1") != []  # the address is there, so the search can see


def test_the_search_finds_what_a_careless_page_leaves(left: Left) -> None:
    assert traces(left.careless, WORDS) != []


@pytest.mark.parametrize(
    "kept",
    [
        WORDS.encode(), WORDS.encode("utf-16-le"), quote_plus(WORDS).encode(), zlib.compress(WORDS.encode()),
        *(base64.b64encode(b"x" * before + WORDS.encode() + b"y" * 5) for before in range(3)),
    ],
)  # fmt: skip
def test_the_search_knows_every_spelling(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "Session_1").write_bytes(b"\0" * 100 + kept + b"\0" * 100)

    assert traces(tmp_path, WORDS) == ["Session_1"]
    assert traces(tmp_path, "Havgassen sover tungt") == []
