"""From finding to what was done, in a browser without script, as narrow as a telephone, by keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.publication import track
from tests.browser.widths import too_wide
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories

FOCUSED = """() => {
  const one = document.activeElement
  return {name: one.name ?? '', value: one.value ?? '', text: (one.innerText ?? '').trim().split('\\n')[0]}
}"""
MOST_TABS = 150


class AtKeys:
    """Somebody with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> "AtKeys":
        """Open a page, which is no wider than the window."""
        self.page.goto(address)
        return self._looked()

    def to(self, **wanted: str) -> "AtKeys":
        """Tab on until what has the focus is this."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if all(focused[name] == text for name, text in wanted.items()):
                return self
        raise AssertionError(f"no Tab leads to {wanted} at {self.page.url}: {self.page.inner_text('main')}")

    def write(self, name: str, text: str) -> "AtKeys":
        """Type into the field of this name."""
        self.to(name=name).page.keyboard.type(text)
        return self

    def tick(self, name: str, value: str) -> "AtKeys":
        """Choose this box or button."""
        self.to(name=name, value=value).page.keyboard.press("Space")
        return self

    def press(self, text: str) -> "AtKeys":
        """Press the button or follow the link of this text."""
        self.to(text=text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self._looked()

    def open(self, text: str) -> "AtKeys":
        """Unfold what stands under this line."""
        self.to(text=text).page.keyboard.press("Enter")
        return self

    def _looked(self) -> "AtKeys":
        assert too_wide(self.page) <= 0, self.page.url
        return self


@pytest.fixture
def at_keys(chromium: Browser, live_server: str, app: Flask) -> Iterator[Callable[[User], AtKeys]]:
    """A narrow browser without script for a person."""
    clock.clock().set(factories.SUMMER)
    factories.a_release()
    contexts = []

    def opened(who: User) -> AtKeys:
        token = session.begin(who, clock.now())
        db.db.session.commit()
        size = {"width": 320, "height": 640}
        context = chromium.new_context(base_url=live_server, locale="da", java_script_enabled=False, viewport=size)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return AtKeys(page)

    yield opened
    for context in contexts:
        context.close()


def test_a_finding_becomes_something_done_by_keyboard_alone(at_keys: Callable[[User], AtKeys]) -> None:
    factories.a_finding("published")
    factories.a_research("published")
    carl, mona = at_keys(a_user("council")), at_keys(a_user("moderator"))

    carl.go("/desk/track").press("Forslag").press("Skriv et forslag")
    carl.tick("finding", "U1").tick("research", "R1").write("ask", "Hold huset åbent om aftenen.")
    carl.write("recipient_name", "Helsingør Kommune").press("Gem kladden").press("Send forslaget")
    assert "Venter på svar: 0 dage." in carl.page.inner_text("main")
    carl.open("Skriv svaret").tick("answer", "accepted").write("words", "Ja, vi begynder til sommer.")
    carl.press("Udgiv svaret").press("Planlæg en handling")

    carl.write("title", "Huset holder åbent om aftenen.").write("owner", "Helsingør Kommune").write("due", "06062026")
    carl.press("Gem handlingen").press("Det er begyndt").write("shows", "Tiderne står på døren.").press("Tilføj det")
    carl.write("progress", "100").press("Gem, hvor langt det er")
    mona.go("/desk/track").press("Se, om A1 er gjort").press("Jeg har set det. Det er gjort")
    assert "Det er ikke fortalt tilbage endnu." in mona.page.inner_text("main")
    for address in ("/desk/track/timeline", "/desk/track/aloud", "/desk/track/research/R1", "/desk/track/actions"):
        mona.go(address)

    db.db.session.rollback()
    done, answered = track.entry("A1"), track.entry("F1")
    assert done is not None
    assert answered is not None
    assert (done.state, done.parts["progress"]) == ("done", 100)
    assert (answered.state, answered.parts["answer"]["by"]) == ("accepted", "Helsingør Kommune")
