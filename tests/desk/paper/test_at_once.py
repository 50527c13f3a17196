"""The same button pressed twice in the same moment: what it does is done once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts.models import User
from tests.desk.accounts import factories as accounts
from tests.desk.paper import factories
from tests.desk.paper.factories import FILLED, post

pytestmark = pytest.mark.usefixtures("content")
AT_ONCE = 4


@pytest.fixture
def mona() -> User:
    return accounts.a_user("moderator", name="mona")


def at_once(app: Flask, person: User, press: Callable[[FlaskClient], TestResponse]) -> Counter[int]:
    """How often each status came back to so many browsers of one person that press at once."""
    browsers = [accounts.browser_of(app, person) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(answer.status_code for answer in pool.map(_in_context(app, press), browsers))


def _in_context(app: Flask, press: Callable[[FlaskClient], TestResponse]) -> Callable[[FlaskClient], TestResponse]:
    def pressed(browser: FlaskClient) -> TestResponse:
        with app.app_context():
            answer = press(browser)
            db.db.session.remove()
            return answer

    return pressed


def test_a_batch_is_begun_once(app: Flask, mona: User) -> None:
    new = {"version": "1", "site_code": "GH1", "week": factories.WEEK, "label": "Boks 1"}

    found = at_once(
        app, mona, lambda one: one.post("/desk/surveys/five_tap/entry", data=accounts.form(one, "paper", **new))
    )

    assert found == {303: 1, 422: AT_ONCE - 1}
    assert factories.rows("SELECT count(*) FROM paper_batch") == [(1,)]


def test_a_sheet_is_kept_once(app: Flask, mona: User) -> None:
    batch = factories.a_batch(mona)
    db.db.session.commit()

    assert at_once(app, mona, lambda one: post(one, batch, "/sheets/1", FILLED)) == {303: AT_ONCE}
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(1,)]


def test_a_batch_is_stored_once(app: Flask, mona: User) -> None:
    batch = factories.keyed(mona, 6)
    factories.check(batch, accounts.a_user("moderator"))

    found = at_once(app, mona, lambda one: post(one, batch, "/differences"))

    assert found == {303: 1, 409: AT_ONCE - 1}
    assert factories.rows("SELECT count(*) FROM response") == [(6,)]
