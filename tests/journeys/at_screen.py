"""Somebody at a real browser without script, who does what a Person of these journeys does."""

from dataclasses import dataclass
from typing import Any

import html5lib
from playwright.sync_api import Locator, Page, Response

from tests.journeys.person import Filled, Person

UNFOLD = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
NTH = """([tags, words, isWhole]) => {
  const said = node => node.nodeType === 3 ? node.data : [...node.childNodes].map(said).join(' ');
  return [...document.querySelectorAll(tags)].findIndex(one => {
    const found = said(one).split(/\\s+/).filter(Boolean).join(' ');
    return isWhole ? found === words : found.includes(words);
  });
}"""
NAMED = """(button, name) => {
  for (const one of document.querySelectorAll('[data-now]')) one.removeAttribute('data-now');
  for (const one of button.form.elements) if (one.name === name) one.setAttribute('data-now', '');
}"""


@dataclass
class Seat:
    """The one browser of the house, before which people sit one after another."""

    screen: Page
    taken_by: "AtScreen | None" = None


class AtScreen(Person):
    """The same steps in Chromium: what cannot be seen, filled in or pressed there fails."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.screen = seat, seat.screen
        self.cookies: list[Any] = []

    def open(self, address: str) -> "AtScreen":
        """Sit down with one's own cookies, and go to an address."""
        if self.seat.taken_by is not self:
            if self.seat.taken_by:
                self.seat.taken_by.cookies = self.screen.context.cookies()
            self.screen.context.clear_cookies()
            self.screen.context.add_cookies(self.cookies)
            self.seat.taken_by = self
        return self._seen(self.screen.goto(address))

    def press(self, button: str, filled: Filled | None = None) -> "AtScreen":
        """Fill in the form that holds this button, and press it."""
        pressed = self._nth("form button", button, is_whole=True)
        for name, value in (filled or {}).items():
            pressed.evaluate(NAMED, name)
            _fill(self.screen.locator("[data-now]"), [value] if isinstance(value, str) else list(value))
        return self._led_on(pressed)

    def follow(self, words: str) -> "AtScreen":
        """Follow the first link with these words."""
        return self._led_on(self._nth("a", words, is_whole=False))

    def _led_on(self, what: Locator) -> "AtScreen":
        with self.screen.expect_navigation() as led:
            what.click()
        return self._seen(led.value)

    def _nth(self, tags: str, words: str, *, is_whole: bool) -> Locator:
        assert self.seat.taken_by is self, "somebody else sat down meanwhile"
        self.screen.evaluate(UNFOLD)
        nth = self.screen.evaluate(NTH, [tags, words, is_whole])
        assert nth >= 0, f"no {tags} with {words!r} at {self.screen.url}: {self.text}"
        return self.screen.locator(tags).nth(nth)

    def _seen(self, answer: Response | None) -> "AtScreen":
        self.status = answer.status if answer else 0
        self.address = self.screen.url
        self.page = html5lib.parse(self.screen.content())
        return self


def _fill(fields: Locator, values: list[str]) -> None:
    kind = fields.first.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        for value in values:
            fields.and_(fields.page.locator(f"[value='{value}']")).first.check()
    elif kind.startswith("select"):
        fields.select_option(values)
    else:
        fields.fill(values[0])
