"""What Lighthouse measures, by hand: citizens' pages on a slow-3G line and a slow telephone.

`.venv/bin/python benchmarks/phone.py` prints the table; with `--write` it puts it into docs/performance.md.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.servers import Server

PERFORMANCE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
TABLE = re.compile(r"(<!-- phone -->\n).*?(<!-- end -->)", re.DOTALL)
BYTES_A_SECOND, LATENCY_MS, SLOWER = 400_000 / 8, 400, 4
ROUNDS = 3
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WATCH = """() => {
  window.seen = {paint: 0, largest: 0, blocked: 0, moved: 0};
  const watch = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
    .observe({type, buffered: true});
  watch('paint', one => { if (one.name === 'first-contentful-paint') seen.paint = one.startTime; });
  watch('largest-contentful-paint', one => { seen.largest = one.startTime; });
  watch('longtask', one => { seen.blocked += Math.max(0, one.duration - 50); });
  watch('layout-shift', one => { seen.moved += one.value; });
}"""
SEEN = "() => ({...window.seen, elements: document.querySelectorAll('*').length})"
HEAD = """| Page | First words | Largest part | Blocked | Moved | Bytes on the line | Requests | Elements |
|---|---|---|---|---|---|---|---|
"""


def main(arguments: list[str]) -> None:
    """Measure every page three times and give the median."""
    found = next(path for name in CHROMIUM if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        server = Server.of_stemme(Path(name), processes=2)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            rows = "".join(_row(browser, server.url, name, address) for name, address in _pages(browser, server.url))
        finally:
            browser.close()
            server.stop()
    print(HEAD + rows, end="")
    if "--write" in arguments:
        text = PERFORMANCE.read_text("utf-8")
        PERFORMANCE.write_text(TABLE.sub(lambda marks: f"{marks[1]}{HEAD}{rows}{marks[2]}", text), "utf-8")


def _pages(browser: Browser, url: str) -> list[tuple[str, str]]:
    """The pages of a walk, found on a fast line."""
    page = browser.new_context(base_url=url, locale="da").new_page()
    found = [("front page", "/"), ("start", "/s/GH1")]
    page.goto("/s/GH1")
    page.click("button[value=start]")
    for name in ("five faces", "nine pictures", "yes or no", "yes or no again"):
        found.append((name, page.url))
        page.click("button[value=skip]")
    found.append(("last page", page.url))
    page.goto("/s/GH1")  # another run: once it is sent, its other pages lead nowhere
    page.click("button[value=start]")
    while page.locator("button[value=skip]").count():
        page.click("button[value=skip]")
    page.check("#code")
    page.click("button[value=send]")
    found.append(("thanks", page.url))
    return [*found, ("receipt", "/kvittering"), ("the promise", "/privatliv"), ("results", "/resultater")]


def _row(browser: Browser, url: str, name: str, address: str) -> str:
    taken = [_measured(browser, url, address) for _ in range(ROUNDS)]
    one = {figure: median(single[figure] for single in taken) for figure in taken[0]}
    return (
        f"| {name} | {one['paint'] / 1000:.1f} s | {one['largest'] / 1000:.1f} s | {one['blocked']:.0f} ms "
        f"| {one['moved']:.2f} | {one['bytes']:,.0f} | {one['requests']:.0f} | {one['elements']:.0f} |\n"
    )


def _measured(browser: Browser, url: str, address: str) -> dict[str, float]:
    """One visit by somebody who was never here."""
    context = browser.new_context(base_url=url, locale="da", viewport={"width": 360, "height": 640})
    page = context.new_page()
    line = context.new_cdp_session(page)
    taken = {"bytes": 0.0, "requests": 0.0}

    def asked(_: object) -> None:
        taken["requests"] += 1

    def loaded(event: dict[str, Any]) -> None:
        taken["bytes"] += event["encodedDataLength"]

    line.send("Network.enable")
    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", loaded)
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    })  # fmt: skip
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    _look(page, address)
    taken |= page.evaluate(SEEN)
    context.close()
    return taken


def _look(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(WATCH)
    page.wait_for_timeout(500)  # what is measured is told a moment later


if __name__ == "__main__":
    main(sys.argv[1:])
