"""The album in Chromium: every page with the headers it left the server with, loaded once, looked at in many ways."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.browser.widths import too_wide
from tests.channels.web import album
from tests.channels.web.visitor import Page as Shot

ADDRESS = "http://localhost/"
PLAIN = (("Content-Type", "text/html; charset=utf-8"),)
"""For a page with a planted sheet: the policy would block it."""
WIDTHS = (1280, 768, 375, 320)
RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OPEN_ALL = "() => { for (const one of document.querySelectorAll('details')) one.open = true }"
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(one => one.clientWidth && getComputedStyle(one).display !== 'inline' && !one.closest('svg, textarea, input'))
  .filter(one => {
    const boxed = one.matches('label, button, .b') || getComputedStyle(one).overflowY !== 'visible';
    return one.scrollWidth > one.clientWidth + 1 || boxed && one.scrollHeight > one.clientHeight + 1;
  })
  .map(one => one.outerHTML.slice(0, 90))"""
LARGE = "() => { document.documentElement.style.fontSize = '225%' }"
SPACED = """() => {
  document.documentElement.style.fontSize = '';
  for (const one of document.querySelectorAll('body, body *')) {
    one.style.setProperty('line-height', '1.5', 'important');
    one.style.letterSpacing = '0.12em'; one.style.wordSpacing = '0.16em';
    if (one.tagName === 'P') one.style.marginBottom = '2em';
  }
}"""
SMALL = """() => [...document.querySelectorAll('a, button, summary, .o label, input.f, textarea')]
  .filter(one => one.getClientRects().length)
  .map(one => {
    const box = one.getBoundingClientRect();
    const alone = one.parentElement.textContent.trim() === one.textContent.trim();
    const least = one.matches('.o label, main button, main a.b') ? 56
      : one.tagName !== 'A' || one.matches('p > a, dd > a, nav > a, footer li > a') && alone ? 44
      : alone ? 24 : 0;
    return [one.textContent.trim().slice(0, 30), Math.round(box.width), Math.round(box.height), least];
  })
  .filter(([, width, height, least]) => height < least - 0.5 || width < Math.min(least, 24))"""
FAINT = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const clear = colour => /, 0\\)$/.test(colour) || colour === 'transparent';
  const behind = one => {
    while (one && clear(getComputedStyle(one).backgroundColor)) one = one.parentElement;
    return one ? getComputedStyle(one).backgroundColor : 'rgb(255, 255, 255)';
  };
  const found = [];
  for (const one of document.querySelectorAll('.o label, input.f, textarea, button:not(.p), a.b, .e, .m')) {
    const edge = contrast(getComputedStyle(one).borderTopColor, behind(one.parentElement));
    if (edge < 3) found.push(['edge', one.outerHTML.slice(0, 60), edge]);
  }
  for (const one of document.querySelectorAll('main *, header *, footer *')) {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !one.getClientRects().length) continue;
    const text = contrast(getComputedStyle(one).color, behind(one));
    if (text < 4.5) found.push(['text', one.outerHTML.slice(0, 60), text]);
  }
  return found;
}"""
PRINTED = """() => [...document.querySelectorAll('form, footer, nav')]
  .filter(one => one.getClientRects().length).map(one => one.tagName)"""

ALIKE = {
    "statement",
    "unknown place, wrong",
    "deleted all",
    "five taps 1",
    "five taps 3",
    "five taps 4",
    "rank 1, wrong",
    "track list",
    "track research",
}
"""Pages that look as another one does."""
SAME_RULES = ("error 4", "error 503", "five taps", "rank 1", "rank 2", "help of another", "table of", "release")
SAME_RULES += ("track action", "track decision", "track proposal")
"""Made of the same parts as a page that axe does read."""

Faults = dict[str, list[object]]
"""What each gate has against a page."""


@dataclass
class Seen:
    """Everything that was found on the pages of one language, by gate and page."""

    faults: dict[str, dict[str, list[object]]] = field(default_factory=dict)
    unsure: set[tuple[str, str]] = field(default_factory=set)
    """What axe cannot decide: rule and page."""

    def of(self, gate: str) -> dict[str, list[object]]:
        return {name: found for name, found in self.faults.get(gate, {}).items() if found}


@contextmanager
def opened(browser: Browser, shots: dict[str, Shot]) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """open(name) shows a page of these in a browser that reaches nothing else, and what the console says of it."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800})
    context.route("**/*", partial(_answer, shots))
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"asked for {request.url}"))

    def show(name: str) -> tuple[Page, list[str]]:
        said.clear()
        page.goto(ADDRESS + quote(name))
        return page, said

    yield show
    context.close()


def _answer(shots: dict[str, Shot], route: Route) -> None:
    name = next((name for name in shots if route.request.url == ADDRESS + quote(name)), None)
    if name is None or not route.request.is_navigation_request():
        route.abort()
        return
    shot = shots[name]
    route.fulfill(status=shot.status, headers=dict(shot.headers), body=shot.html)


def inspect(page: Page, said: list[str], *, axe: bool = True) -> tuple[Faults, set[str]]:
    """Every gate on the page that is open; it is not fit to be looked at afterwards."""
    found: Faults = {"console": [text for text in said if "status of 4" not in text and "status of 5" not in text]}
    page.evaluate(OPEN_ALL)
    unsure: set[str] = set()
    if axe:
        answer = Axe().run(page, options=RULES).response
        found["axe"] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in answer["violations"]]
        unsure = {one["id"] for one in answer["incomplete"]}
    found["width"] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found["width"] += [f"{more} px at {width}"] if (more := too_wide(page)) > 0 else []
    found["targets"] = page.evaluate(SMALL)
    found["colours"] = page.evaluate(FAINT)
    page.emulate_media(media="print")
    found["print"] = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    for gate, change in (("large text", LARGE), ("spaced text", SPACED)):
        page.evaluate(change)
        wide = too_wide(page)
        found[gate] = page.evaluate(CUT) + ([f"{wide} px"] if wide > 0 else [])
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return found, unsure


@cache
def seen(browser: Browser, lang: str) -> Seen:
    """Every page of a language, each loaded once."""
    shots, result = album.of(lang), Seen()
    with opened(browser, shots) as show:
        for name in shots.keys() - ALIKE:
            faults, unsure = inspect(*show(name), axe=lang != "fa" and not name.startswith(SAME_RULES))
            for gate, found in faults.items():
                result.faults.setdefault(gate, {})[name] = found
            result.unsure |= {(rule, name) for rule in unsure}
    return result
