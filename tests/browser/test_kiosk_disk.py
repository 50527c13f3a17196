"""What lies in the profile of a tablet after somebody was there: boxes nobody can open, and nothing else of them."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import tablets
from tests.browser.tablets import Tablet
from tests.browser.test_web_disk import LONG_ENOUGH, traces

OpenTablet = Callable[..., Tablet]
WORDS = "Kakaduen sover uroligt"
CHOICES = ('"today":"4"', '"mattered":[', '"completion"')


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("is_offline", [False, True], ids=["online", "offline"])
def test_nothing_readable_is_left_after_a_run_and_after_an_idle_one(
    chromium: Browser, live_server: str, tmp_path: Path, figure: Callable[[str], None], *, is_offline: bool
) -> None:
    device, token = tablets.device()
    profile = tmp_path / "profile"
    with tablets.on_disk(chromium, live_server, profile) as context:
        context.add_cookies([tablets.cookie(live_server, token)])
        one = tablets.opened(context, device.id.hex()).open()
        one.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
        context.set_offline(is_offline)
        code = one.run(WORDS, code=True)
        one.to_words()
        one.page.fill("textarea", WORDS)
        time.sleep(LONG_ENOUGH)  # typed and left
        one.wait(122)
        one.wait(32)
        expect(one.page.locator("main.start")).to_be_visible()
        assert len(one.queue()["q"]) == int(is_offline)
        time.sleep(LONG_ENOUGH)

    assert len(code.split()) == 4
    found = {secret: traces(profile, secret) for secret in (WORDS, code, *CHOICES)}
    left = {secret: places for secret, places in found.items() if places}
    looked_at = sum(1 for path in profile.rglob("*") if path.is_file())
    net = "without net" if is_offline else "with net"
    figure(f"{len(left)} of {len(found)} secrets in a profile of {looked_at} files, {net}")
    assert left == {}
    assert traces(profile, "/kiosk") != []


@pytest.mark.requirement("R14", mutants=True)
def test_the_search_finds_a_careless_draft(chromium: Browser, live_server: str, tmp_path: Path) -> None:
    device, token = tablets.device()
    profile = tmp_path / "profile"
    with tablets.on_disk(chromium, live_server, profile) as context:
        context.add_cookies([tablets.cookie(live_server, token)])
        one = tablets.opened(context, device.id.hex()).open()
        one.page.evaluate("words => { localStorage.draft = words; }", WORDS)
        time.sleep(2)

    assert traces(profile, WORDS) != []
