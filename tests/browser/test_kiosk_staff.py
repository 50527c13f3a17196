"""Staff sign in and out on the tablet itself: what waits there stays, and so does the worker that asks without net."""

from collections.abc import Callable

import pytest

from app.core import clock, db
from app.desk.accounts import session
from tests.browser.tablets import Tablet
from tests.desk.accounts import factories as accounts

WORKERS = "() => navigator.serviceWorker.getRegistrations().then(found => found.length)"


@pytest.mark.requirement("R14")
def test_sealed_answers_survive_that_staff_sign_out(tablet: Callable[..., Tablet], live_server: str) -> None:
    one = tablet()
    context = one.page.context
    one.until(lambda: one.page.evaluate("() => !!navigator.serviceWorker.controller"))
    context.route("**/kiosk/api/v1/**", lambda route: route.abort())
    one.hurry()
    token = session.begin(accounts.a_user("staff", "GH1"), clock.now())
    db.db.session.commit()
    context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])

    desk = context.new_page()
    desk.goto("/desk")
    desk.click("header form button")
    desk.wait_for_url("**/desk/login*")
    desk.goto("/desk")

    assert desk.url.startswith(f"{live_server}/desk/login")
    assert len(one.queue()["q"]) == 1
    assert one.page.evaluate(WORKERS) == 1
