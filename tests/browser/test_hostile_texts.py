"""Hostile texts in Chromium with the policy taken away: what does not run then does not run at all."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from app.surveys import kiosks
from tests.browser import tablets
from tests.desk.accounts import factories as accounts
from tests.journeys import planting
from tests.journeys.hostile_texts import PAYLOADS, careless
from tests.requirements import IN_FULL

HEARD = "window.heard = 0; window.hit = () => { window.heard += 1 }"
PAGES = {
    "moderator": ("/desk/queue", "/desk/alerts", "/desk/sites/GH1"),
    "admin": ("/desk/kiosks", "/desk/surveys/every_type/paper", "/desk/sites/GH1/print/poster"),
    "analyst": ("/desk/codebook/draft",),
}  # fmt: skip
Figure = Callable[[str], None]


@pytest.mark.requirement("R19")
def test_nothing_runs_on_any_page_with_the_policy_off_and_on_a_careless_one_it_does(
    app: Flask, sign_in: Callable[..., FlaskClient], chromium: Browser, live_server: str, figure: Figure
) -> None:
    planting.everything(app, sign_in)
    citizen = opened(chromium, live_server)
    looked = [heard(citizen, address) for address in ("/", "/s/GH1", "/s/GH2", "/resultater")]
    for role, addresses in PAGES.items():
        desk = opened(chromium, live_server, role)
        looked += [heard(desk, address) for address in addresses]
        if role == "moderator":
            looked += [heard(desk, address) for address in texts(desk)]

    assert looked == [0] * len(looked)
    assert len(looked) >= 15
    figure(f"nothing ran on {len(looked)} pages in Chromium without a policy")
    citizen.set_content("".join(page for payload in PAYLOADS for page in careless(payload) if "<meta" not in page))
    citizen.wait_for_function("window.heard > 5")
    citizen.context.close()


@pytest.mark.requirement("R19")
def test_nothing_runs_on_a_tablet_that_shows_a_hostile_survey(
    app: Flask, content: None, chromium: Browser, live_server: str
) -> None:
    planting.a_survey()
    place = kiosks.by_id(tablets.device()[0].id.hex())
    assert place
    place.site.name, place.site.kiosk_survey = planting.IN_TOML, "every_type"
    db.db.session.commit()
    device, token = tablets.device()
    page = opened(chromium, live_server)
    page.context.add_cookies([tablets.cookie(live_server, token)])
    page.goto("/kiosk")
    page.wait_for_selector("main.start")

    assert "onerror" in (page.text_content("main") or "")
    assert page.evaluate("window.heard") == 0
    page.context.close()


def opened(chromium: Browser, address: str, role: str = "") -> Page:
    """A browser that keeps no policy, signed in with this role."""
    context = chromium.new_context(base_url=address, locale="da", bypass_csp=True, service_workers="block")
    context.add_init_script(HEARD)
    if role:
        token = session.begin(accounts.a_user(role), clock.now())
        db.db.session.commit()
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": address}])
    return context.new_page()


def heard(page: Page, address: str) -> int:
    """How often a text became a program on this page, also when it is hovered over and clicked into."""
    page.goto(address)
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true }")
    found: int = page.evaluate("window.heard")
    return found


def texts(moderator: Page) -> list[str]:
    """The texts of the queue, one of each channel and half in the small form."""
    moderator.goto("/desk/queue")
    found = moderator.eval_on_selector_all("a[href^='/desk/statements/']", "all => all.map(one => one.pathname)")
    return list(dict.fromkeys(found))[: None if IN_FULL else 4]
