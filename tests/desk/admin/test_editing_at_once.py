"""Two people who save different questions of a survey in the same moment: both are kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from tests.desk.accounts import factories as accounts
from tests.desk.admin.editor import kept, post, question

pytestmark = pytest.mark.usefixtures("content")
CHANGED = ("today", "mattered", "safe", "respect")


def test_what_is_saved_in_the_same_moment_is_kept_together(app: Flask) -> None:
    writer = accounts.a_user("analyst")
    browsers = {one: accounts.browser_of(app, writer) for one in CHANGED}
    hints = {"hint_da": "Det er nyt.", "hint_en": "This is new."}
    forms = {one: question(browser, "five_tap", one, **hints) for one, browser in browsers.items()}

    def save(browser: FlaskClient, form: dict[str, str]) -> int:
        with app.app_context():
            answer = post(browser, "five_tap/edit/question", **form)
            db.db.session.remove()
            return answer.status_code

    with ThreadPoolExecutor(len(CHANGED)) as pool:
        statuses = list(pool.map(save, browsers.values(), forms.values()))
    found = kept("five_tap")

    assert statuses == [303] * len(CHANGED)
    assert found is not None
    assert [one.id for one in found.questions if one.hint.get("da") == "Det er nyt."] == list(CHANGED)
