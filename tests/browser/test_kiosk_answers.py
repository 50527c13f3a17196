"""What the tablet does with every answer of the server, and of who pretends to be it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from app.core import clock, db
from app.surveys import kiosks
from tests.browser import tablets
from tests.browser.tablets import LATER, RESPONSES, Tablet

OpenTablet = Callable[..., Tablet]


@pytest.mark.parametrize("status", [400, 409, 413, 415, 422])
def test_what_will_never_fit_is_set_aside_and_not_lost(tablet: OpenTablet, status: int) -> None:
    one = tablet()
    one.page.route(RESPONSES, lambda route: route.fulfill(status=status, body=""))
    one.hurry()
    one.until_sent()

    assert len(one.queue()["aside"]) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_fit_later_is_kept_and_sent_later(tablet: OpenTablet, status: int) -> None:
    one = tablet()
    tries: list[int] = []

    def refuse(route: Route) -> None:
        tries.append(1)
        route.fulfill(status=status, headers={"Retry-After": "600"}, body="")

    one.page.route(RESPONSES, refuse)
    one.hurry()
    one.until(lambda: tries == [1])
    one.wait(500)
    assert (len(one.queue()["q"]), tries) == (1, [1])
    one.page.unroute(RESPONSES)
    one.wait(120)
    one.until_sent()

    assert len(tablets.stored()) == 1


def test_an_unknown_tablet_goes_on_collecting_and_comes_back_with_a_new_code(tablet: OpenTablet) -> None:
    one = tablet()
    device = kiosks.by_id(one.device)
    assert device is not None
    device.token_hash = None
    db.db.session.commit()
    one.hurry()
    one.press(".thanks .next")
    one.let_pass(LATER)
    one.until(lambda: "Tilslut skærmen igen" in (one.page.text_content(".start .mid") or "") or bool(one.wait(61)))
    one.hurry()
    one.press(".thanks .next")
    assert len(one.queue()["q"]) == 2

    code = kiosks.new_code(device, clock.now())
    db.db.session.commit()
    one.to_menu()
    one.press("text=Tilslut skærmen igen")
    one.wait(1)
    one.page.fill("input", code.lower())
    one.page.click(".next")
    one.until_sent()
    assert len(tablets.stored()) == 2


def test_a_code_of_another_tablet_leaves_this_one_as_it_was(tablet: OpenTablet) -> None:
    one = tablet()
    _, code = kiosks.create("GH1", "Ved trappen", clock.now())
    db.db.session.commit()
    one.to_menu()
    one.press("text=Tilslut skærmen igen")
    one.wait(1)
    one.page.fill("input", code)
    one.page.click(".next")

    expect(one.page.locator(".sub")).to_have_text("Koden virkede ikke.")
    one.press(".again .back")
    one.press(".menu .back")
    one.hurry()
    one.until_sent()
    assert len(tablets.stored()) == 1


@pytest.mark.parametrize(("status", "body"), [(200, "<p>Velkommen til vores net</p>"), (204, ""), (206, "")])
def test_a_yes_that_is_not_ours_deletes_nothing(tablet: OpenTablet, status: int, body: str) -> None:
    one = tablet()
    heard: list[int] = []

    def answer(route: Route) -> None:
        heard.append(status)
        route.fulfill(status=status, body=body)

    one.page.route(RESPONSES, answer)
    one.hurry()
    one.until(lambda: heard == [status])
    one.wait(1)
    assert len(one.queue()["q"]) == 1
    one.page.unroute(RESPONSES)
    one.let_pass(LATER)
    one.until_sent()

    assert len(tablets.stored()) == 1


def test_a_revoked_tablet_pauses_and_keeps_what_it_has(tablet: OpenTablet) -> None:
    one = tablet()
    device = kiosks.by_id(one.device)
    assert device is not None
    one.begin()
    kiosks.revoke(device)
    db.db.session.commit()
    for _ in range(5):
        one.press(".skip")
    one.send()
    one.press(".thanks .next")
    expect(one.page.locator("main.still h1")).to_have_text("Skærmen holder pause.")

    assert len(one.queue()["q"]) == 1
    assert tablets.stored() == []


def test_a_captive_portal_is_not_taken_for_the_net(tablet: OpenTablet) -> None:
    one = tablet()
    seen: list[str] = []

    def portal(route: Route) -> None:
        seen.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<h1>Log ind</h1>")

    one.page.route("**/kiosk/api/**", portal)
    one.hurry()
    one.until(lambda: bool(seen))
    one.let_pass(LATER)

    assert len(one.queue()["q"]) == 1
    assert not any("responses" in url for url in seen)
